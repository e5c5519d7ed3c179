package dev.tocsin.core.identity;

/**
 * What an API call serves, as GuardDuty names its anomaly types after MITRE ATT&CK's tactics; in the order of risk, which
 * decides what a finding of several is called (ours; anomaly research 3.4).
 */
public enum Tactic {
    /** Looking around. */
    DISCOVERY("Discovery", 1),
    /** Getting a token or session. */
    INITIAL_ACCESS("InitialAccess", 2),
    /** Destroying, changing, using up. */
    IMPACT("Impact", 3),
    /** Getting data out. */
    EXFILTRATION("Exfiltration", 4),
    /** Staying. */
    PERSISTENCE("Persistence", 5),
    /** Covering tracks. */
    DEFENSE_EVASION("DefenseEvasion", 6),
    /** Getting more rights. */
    PRIVILEGE_ESCALATION("PrivilegeEscalation", 7),
    /** Getting secrets. */
    CREDENTIAL_ACCESS("CredentialAccess", 8);

    private final String purpose;
    private final int risk;

    Tactic(String purpose, int risk) {
        this.purpose = purpose;
        this.risk = risk;
    }

    /** 1 to 8, the higher the worse. */
    int risk() {
        return risk;
    }

    /** The finding type of anomalies that serve it. */
    public String typeName() {
        return purpose + ":IAMUser/AnomalousBehavior";
    }

    /** As finding types begin. */
    public String purpose() {
        return purpose;
    }

    /** The tactic of that {@link #purpose}. */
    static Tactic of(String purpose) {
        for (Tactic tactic : values()) {
            if (tactic.purpose.equals(purpose)) {
                return tactic;
            }
        }
        throw new IllegalArgumentException("no tactic " + purpose);
    }

    /** The tactic of that {@link #risk}. */
    static Tactic of(int risk) {
        for (Tactic tactic : values()) {
            if (tactic.risk == risk) {
                return tactic;
            }
        }
        throw new IllegalArgumentException("no tactic of risk " + risk);
    }
}
