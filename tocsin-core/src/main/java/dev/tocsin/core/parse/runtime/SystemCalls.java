package dev.tocsin.core.parse.runtime;

import static java.util.Map.entry;

import dev.tocsin.core.event.HostEvent.Action;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The system calls and kernel hooks that events are made of, by name and by number. */
final class SystemCalls {

    private static final Map<String, Action> BY_NAME = Map.ofEntries(
            entry("execve", Action.EXEC),
            entry("execveat", Action.EXEC),
            entry("sched_process_exec", Action.EXEC),
            entry("bprm_check", Action.EXEC),
            entry("clone", Action.FORK),
            entry("clone3", Action.FORK),
            entry("fork", Action.FORK),
            entry("vfork", Action.FORK),
            entry("sched_process_fork", Action.FORK),
            entry("exit_group", Action.EXIT),
            entry("procexit", Action.EXIT),
            entry("sched_process_exit", Action.EXIT),
            entry("open", Action.READ),
            entry("openat", Action.READ),
            entry("openat2", Action.READ),
            entry("open_by_handle_at", Action.READ),
            entry("creat", Action.WRITE),
            entry("file_open", Action.READ),
            entry("file_permission", Action.READ),
            entry("fd_install", Action.READ),
            entry("read", Action.READ),
            entry("vfs_read", Action.READ),
            entry("write", Action.WRITE),
            entry("vfs_write", Action.WRITE),
            entry("vfs_writev", Action.WRITE),
            entry("__kernel_write", Action.WRITE),
            entry("magic_write", Action.WRITE),
            entry("truncate", Action.WRITE),
            entry("path_truncate", Action.WRITE),
            entry("file_truncate", Action.WRITE),
            entry("chmod", Action.WRITE),
            entry("fchmod", Action.WRITE),
            entry("fchmodat", Action.WRITE),
            entry("chmod_common", Action.WRITE),
            entry("rename", Action.RENAME),
            entry("renameat", Action.RENAME),
            entry("renameat2", Action.RENAME),
            entry("inode_rename", Action.RENAME),
            entry("link", Action.LINK),
            entry("linkat", Action.LINK),
            entry("symlink", Action.LINK),
            entry("symlinkat", Action.LINK),
            entry("inode_symlink", Action.LINK),
            entry("unlink", Action.DELETE),
            entry("unlinkat", Action.DELETE),
            entry("inode_unlink", Action.DELETE),
            entry("path_unlink", Action.DELETE),
            entry("memfd_create", Action.MEMFD),
            entry("shared_object_loaded", Action.LOAD_LIBRARY),
            entry("mmap_file", Action.LOAD_LIBRARY),
            entry("init_module", Action.LOAD_MODULE),
            entry("finit_module", Action.LOAD_MODULE),
            entry("module_load", Action.LOAD_MODULE),
            entry("do_init_module", Action.LOAD_MODULE),
            entry("kernel_read_file", Action.LOAD_MODULE),
            entry("kernel_post_read_file", Action.LOAD_MODULE),
            entry("post_read_file", Action.LOAD_MODULE),
            entry("mount", Action.MOUNT),
            entry("sb_mount", Action.MOUNT),
            entry("move_mount", Action.MOUNT),
            entry("socket", Action.SOCKET),
            entry("socket_create", Action.SOCKET),
            entry("connect", Action.CONNECT),
            entry("tcp_connect", Action.CONNECT),
            entry("net_tcp_connect", Action.CONNECT),
            entry("socket_connect", Action.CONNECT),
            entry("bind", Action.BIND),
            entry("socket_bind", Action.BIND),
            entry("listen", Action.LISTEN),
            entry("inet_csk_listen_start", Action.LISTEN),
            entry("socket_listen", Action.LISTEN),
            entry("accept", Action.ACCEPT),
            entry("accept4", Action.ACCEPT),
            entry("inet_csk_accept", Action.ACCEPT),
            entry("socket_accept", Action.ACCEPT),
            entry("dup", Action.DUP),
            entry("dup2", Action.DUP),
            entry("dup3", Action.DUP),
            entry("socket_dup", Action.DUP),
            entry("ptrace", Action.PTRACE),
            entry("process_vm_writev", Action.WRITE_MEMORY),
            entry("process_vm_readv", Action.READ_MEMORY),
            entry("mprotect", Action.PROTECT),
            entry("file_mprotect", Action.PROTECT),
            entry("mem_prot_alert", Action.PROTECT),
            entry("userfaultfd", Action.USERFAULTFD),
            entry("setns", Action.SETNS),
            entry("switch_task_ns", Action.SETNS),
            entry("unshare", Action.UNSHARE),
            entry("setuid", Action.SETUID),
            entry("setreuid", Action.SETUID),
            entry("setresuid", Action.SETUID),
            entry("commit_creds", Action.SETUID),
            entry("net_packet_dns", Action.DNS),
            entry("net_packet_dns_request", Action.DNS),
            entry("net_packet_dns_response", Action.DNS));

    /** The calls that the audit log numbers, on each architecture: name, x86-64, arm64, i386; -1 where there is none. */
    private static final String NUMBERS = """
            write 1 64 4
            open 2 -1 5
            mprotect 10 226 125
            dup 32 23 41
            dup2 33 -1 63
            socket 41 198 359
            connect 42 203 362
            accept 43 202 -1
            bind 49 200 361
            listen 50 201 363
            clone 56 220 120
            fork 57 -1 2
            vfork 58 -1 190
            execve 59 221 11
            truncate 76 45 92
            rename 82 -1 38
            creat 85 -1 8
            link 86 -1 9
            unlink 87 -1 10
            symlink 88 -1 83
            chmod 90 -1 15
            fchmod 91 52 94
            ptrace 101 117 26
            setuid 105 146 213
            setreuid 113 145 203
            setresuid 117 147 208
            mount 165 40 21
            init_module 175 105 128
            exit_group 231 94 252
            openat 257 56 295
            unlinkat 263 35 301
            renameat 264 38 302
            linkat 265 37 303
            symlinkat 266 36 304
            fchmodat 268 53 306
            unshare 272 97 310
            accept4 288 242 364
            dup3 292 24 330
            open_by_handle_at 304 265 342
            setns 308 268 346
            process_vm_readv 310 270 347
            process_vm_writev 311 271 348
            finit_module 313 273 350
            renameat2 316 276 353
            memfd_create 319 279 356
            execveat 322 281 358
            userfaultfd 323 282 374
            move_mount 429 429 429
            clone3 435 435 435
            openat2 437 437 437
            """;

    private static final Map<Long, String> BY_NUMBER = numbers();

    private SystemCalls() {}

    /** What the call or hook {@code name} does, or null if nothing that is read. */
    static @Nullable Action action(@Nullable String name) {
        return name == null ? null : BY_NAME.get(bare(name));
    }

    /** {@code name} without what kernels and tools put before it. */
    static String bare(String name) {
        for (String before : new String[] {"__x64_sys_", "__arm64_sys_", "__ia32_sys_", "security_", "sys_"}) {
            if (name.startsWith(before)) {
                return name.substring(before.length());
            }
        }
        return name;
    }

    /** The name of call {@code number} of the audit log's architecture {@code arch}, or null if it is none that is read. */
    static @Nullable String name(@Nullable String arch, int number) {
        if (arch == null) {
            return null;
        }
        long column = switch (arch) {
            case "c000003e" -> 0;
            case "c00000b7" -> 1;
            case "40000003" -> 2;
            default -> -1;
        };
        return column < 0 ? null : BY_NUMBER.get(column << 32 | number);
    }

    private static Map<Long, String> numbers() {
        Map<Long, String> found = new HashMap<>();
        NUMBERS.lines().forEach(line -> {
            String[] columns = line.split(" ", -1);
            for (int column = 1; column < columns.length; column++) {
                int number = Integer.parseInt(columns[column]);
                if (number >= 0) {
                    found.put((long) (column - 1) << 32 | number, columns[0]);
                }
            }
        });
        return found;
    }

    /** Whether the flags of an open, numeric, ask to write: O_WRONLY, O_RDWR, O_CREAT, O_TRUNC or O_APPEND. */
    static boolean writes(long flags) {
        return (flags & (1 | 2 | 0100 | 01000 | 02000)) != 0;
    }

    /** Whether the flags of an open, as tools spell them or as a number, ask to write. */
    static boolean writes(@Nullable Object flags) {
        if (flags instanceof Long number) {
            return writes(number.longValue());
        }
        String text = String.valueOf(flags);
        return text.contains("WRONLY")
                || text.contains("RDWR")
                || text.contains("O_CREAT")
                || text.contains("TRUNC")
                || text.contains("APPEND");
    }

    /** The name of a ptrace request, or its number as text. */
    static String ptrace(long request) {
        return switch ((int) request) {
            case 0 -> "PTRACE_TRACEME";
            case 4 -> "PTRACE_POKETEXT";
            case 5 -> "PTRACE_POKEDATA";
            case 6 -> "PTRACE_POKEUSR";
            case 13 -> "PTRACE_SETREGS";
            case 16 -> "PTRACE_ATTACH";
            case 0x4205 -> "PTRACE_SETREGSET";
            case 0x4206 -> "PTRACE_SEIZE";
            default -> Long.toString(request);
        };
    }
}
