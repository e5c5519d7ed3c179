package dev.tocsin.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases of the Public Suffix List's own test table, and services of AWS. */
final class RegisteredDomainTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "com,",
        "example.com, example.com",
        "b.example.com, example.com",
        "a.b.example.com, example.com",
        "uk,",
        "co.uk,",
        "example.co.uk, example.co.uk",
        "b.example.co.uk, example.co.uk",
        "test.ck,",
        "b.test.ck, b.test.ck",
        "a.b.test.ck, b.test.ck",
        "www.ck, www.ck",
        "www.www.ck, www.ck",
        "city.kobe.jp, city.kobe.jp",
        "www.city.kobe.jp, city.kobe.jp",
        "c.kobe.jp,",
        "b.c.kobe.jp, b.c.kobe.jp",
        "example,",
        "c2.threat.example, threat.example",
        "xn--85x722f.com.cn, xn--85x722f.com.cn",
        "www.xn--85x722f.xn--55qx5d.cn, xn--85x722f.xn--55qx5d.cn",
        "evil.duckdns.org, evil.duckdns.org",
        "bucket.s3.amazonaws.com, bucket.s3.amazonaws.com",
        "s3.amazonaws.com,",
        "'',",
        ".., .",
    })
    void takesSuffixAndOneLabel(String name, String registered) {
        assertEquals(registered, RegisteredDomain.of(name));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "com, true, true",
        "co.uk, true, true",
        "test.ck, true, true",
        "www.ck, false, false",
        "duckdns.org, true, false",
        "example.com, false, false",
        "example, false, false",
    })
    void tellsSuffixes(String name, boolean publicSuffix, boolean registrySuffix) {
        assertEquals(publicSuffix, RegisteredDomain.isPublicSuffix(name));
        assertEquals(registrySuffix, RegisteredDomain.isRegistrySuffix(name));
    }
}
