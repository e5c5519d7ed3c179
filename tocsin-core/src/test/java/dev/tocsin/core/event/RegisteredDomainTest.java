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
        "com, true, true, false",
        "co.uk, true, true, false",
        "test.ck, true, true, false",
        "www.ck, false, false, false",
        "duckdns.org, true, false, true",
        "eu-west-1.compute.amazonaws.com, true, false, false",
        "example.com, false, false, false",
        "example, false, false, false",
    })
    void tellsSuffixes(String name, boolean publicSuffix, boolean registrySuffix, boolean serviceSuffix) {
        assertEquals(publicSuffix, RegisteredDomain.isPublicSuffix(name));
        assertEquals(registrySuffix, RegisteredDomain.isRegistrySuffix(name));
        assertEquals(serviceSuffix, RegisteredDomain.isServiceSuffix(name));
    }
}
