namespace Connect.Tests.Distributed.Security;

/// <summary>
/// Texts that have broken programs. Requests that Kestrel itself refuses have no problem+json and are left out: a null
/// character (<c>%00</c>) in a path, request lines over 8 KB, headers over 32 KB or with control
/// characters, the method CONNECT.
/// </summary>
internal static class HostileTexts
{
    /// <summary>Stands for half a surrogate pair, which no JSON writer writes: replaced in the text of the body.</summary>
    public const string LoneSurrogate = "@@LONE@@";

    /// <summary>For JSON strings.</summary>
    public static readonly string[] Values =
    [
        "", " ", "\0", "a\0b", LoneSurrogate, $"a{LoneSurrogate}", "\u202Etxt.exe", "\uFEFF", "\u200B", "\uFFFF", "a\r\nSet-Cookie: x=1",
        "' OR '1'='1", "'; drop table organizations; --", "\\'; select pg_sleep(10); --", "$1", "%s%n%x", "%", "_", "{0}", "{{", "${jndi:ldap://127.0.0.1/a}",
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "../../../../etc/passwd", "..\\..\\windows\\win.ini",
        "file:///etc/passwd", "http://127.0.0.1:1/", "null", "undefined", "true", "NaN", "-1", "0", "1e400", "0x10", "٣", "١٢٣", "한글", "Ａ", "é", "ß", "İ", "ı",
        "😀😀😀", "a@b", "@", "a@example.com\nBcc: b@example.com", "00000000-0000-0000-0000-000000000000", "2020-02-30", "9999-12-31", "0001-01-01",
        "COMPANY", "company", "ADMIN", "123-45-67890", "1234567890", "123-45-6789", "٠٠٠-٠٠-٠٠٠٠٠", new('x', 41), new('가', 101), new('x', 301), new('x', 4001), new('\u0301', 5000),
    ];

    /// <summary>For a segment of a path, as it is written.</summary>
    public static readonly string[] Segments =
    [
        "", ".", "..", "..%2f..%2fetc%2fpasswd", "%2e%2e%2f", "..%5c..%5c", "%252e%252e", "%FF", "%C0%AF", "%ED%A0%80", "%0d%0aSet-Cookie:x=1", "%09", "%7F", "%01",
        "%E2%80%AE", "%EF%BB%BF", "'%20OR%201=1--", "%3Cscript%3Ealert(1)%3C/script%3E", "%F0%9F%98%80", "%ED%95%9C", "%25", "%2525", "{id}", "%7Bid%7D", "*", "0", "-1", "1e9", "null",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "%7B00000000-0000-0000-0000-000000000000%7D", "00000000000000000000000000000000",
        "00000000-0000-0000-0000-00000000000g", "a;b=c", "a,b", "a+b", "a%20b", "%20", "a:b", "org:", "org:%20", "organization:x", "programs", new('x', 3000), "a/b/c", "a//b", "%2f",
    ];

    /// <summary>For a value in a query string, as it is written.</summary>
    public static readonly string[] QueryValues =
    [
        "", "%00", "a%00b", "%FF", "%ED%A0%80", "%0d%0a", "'%20OR%201=1--", "%25", "%25%25", "_", "\\", "%5C", "%3Cscript%3E", "..%2f", "*", "null", "true", "TRUE", "1", "0", "-1", "101", "16", "1.5", "1e3",
        "2147483648", "-2147483649", "99999999999999999999", "0x10", "%2B1", "%20", "%20%201", "%D9%A3", "NaN", "NTIS", "ntis", "4", "-4", "NTIS,IITP", "ICT", "ACTIVE", "2026-12-31", "2026-02-30", "0001-01-01", "0002-01-01", "9998-12-31",
        "9999-12-31", "9999-12-31T23:59:59.9999999-14:00", "0001-01-01T00:00:00%2B14:00", "2026-12-31T18:00:00+09:00", "2026-12-31T24:00:00Z", "00000000-0000-0000-0000-000000000000", "{id}", "abc", "%ED%95%9C%EA%B8%80", "%F0%9F%98%80",

        // Cursors of the right alphabet, with invented positions.
        "fA", "LTF8MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw", "MHwwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA", "OTIyMzM3MjAzNjg1NDc3NTgwN3wwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA",
        "MzE1NTM3ODk3NTk5OTk5OTk5OXwwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA", "fDAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA", "MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw", "____", "AAAA", new('A', 199), new('A', 3000),
    ];

    /// <summary>Whole query strings.</summary>
    public static readonly string[] Queries =
    [
        "?", "?&", "?=", "?===&&&", "?%00=1", "?limit", "?limit=1&limit=2", "?limit=1&LIMIT=2", "?limit[]=1", "?limit%5B%5D=1", "?cursor=a&cursor=b", "?organizationId=a&organizationId=b", "?explain=maybe", "?explain=true&explain=false",
        "?%FF=%FF", "?q=" + new string('x', 7000), "?" + string.Concat(Enumerable.Range(0, 700).Select(number => $"a{number}=1&")), "?unknown=1", "?__proto__=1", "?useCookies=true", "?useCookies=maybe", "?useSessionCookies=true",
    ];

    /// <summary>For numbers, as they are written.</summary>
    public static readonly string[] Numbers =
    [
        "-1", "0", "10", "10001", "2147483647", "2147483648", "-2147483649", "99999999999999999999", "1e400", "-1e400", "1e-400", "1.5", "5.0", "5e0", "-0", "1E1",
    ];

    public static readonly string[] MediaTypes =
    [
        "text/plain", "text/html", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "application/octet-stream", "application/json; charset=utf-16",
        "application/json; charset=nonsense", "application/json; charset=utf-7", "application/merge-patch+json", "application/json-patch+json", "application/problem+json", "application/vnd.x+json", "APPLICATION/JSON", "application/json;;;", "json", "", "/", "*/*", "application/json, text/plain",
    ];

    public static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "FOO", "QUERY", "M-SEARCH"];

    private static readonly string[] HeaderNames =
    [
        "If-None-Match", "If-Match", "Accept", "Accept-Language", "Idempotency-Key", "Authorization", "Cookie", "Origin", "Range", "If-Modified-Since", "If-Unmodified-Since", "X-Forwarded-For", "X-Forwarded-Proto", "X-HTTP-Method-Override",
        "Access-Control-Request-Method", "traceparent", "tracestate", "baggage", "Content-Encoding", "Accept-Encoding", "Content-Language", "Prefer", "Upgrade", "X-Request-Id", "Forwarded",
    ];

    private static readonly string[] HeaderValues =
    [
        "", "*", "\"", "\"\"", "W/", "W/\"\"", "\"a\", \"b\"", "\"a\" \"b\"", "a", ",,,", ";;;", ";q=", "*;q=2", "*;q=-1", "*;q=abc", "en;q=0", "en;q=0.0001", "xx", "en-US-u-va-posix", "ko,en;q=0.9,*;q=0.1", "한국어", "😀", "text/html", "application/json;q=0", "image/png",
        "*/*", "application/json; v=2", "Bearer", "Bearer ", "Bearer a b c", "bearer x", "Basic YTpi", "Basic", "Digest x", "Bearer Bearer x", "Bearer .", "Bearer 한", "'; drop table users; --", "<script>", "../..", "00-00000000000000000000000000000000-0000000000000000-00", "00-zz-zz-zz",
        "bytes=0-1", "bytes=-1", "DELETE", "127.0.0.1", "https", "Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "gzip", "br, gzip;q=0", "chunked", "null", "0", "-1", "9223372036854775808", "018f0000-0000-7000-8000-000000000000", new('x', 300), "Bearer " + new string('A', 6000), new('"', 2000),
        string.Join(", ", Enumerable.Repeat("\"a\"", 1000)), string.Join(", ", Enumerable.Repeat("en;q=0.5", 800)), string.Join(",", Enumerable.Repeat("*/*", 1500)),
    ];

    /// <summary>Whole bodies.</summary>
    public static readonly string[] Bodies =
    [
        "", " ", "{", "}", "[", "[]", "null", "true", "0", "\"text\"", "{}}", "{]", "{\"a\"", "{\"a\":", "{\"a\":}", "{a:1}", "{'a':1}", "{\"a\":1,}", "{,}", "// comment\n{}", "/* */{}", "NaN", "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":\"\t\"}",
        "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"\\ud800\":1}", "{\"a\":\"\\udc00\\ud800\"}", "{\"\":1}", "{\"$type\":\"System.Diagnostics.Process\"}", "{\"$ref\":\"#\"}", "{\"__proto__\":{\"admin\":true}}", "\uFEFF{}", "<xml/>", "a=b&c=d", "{}{}", "{}\n{}",
        "{\"name\":\"a\",\"name\":\"b\"}", "{\"name\":\"a\",\"Name\":\"b\"}", "{\"NAME\":\"a\"}", "{\"name\":{\"name\":{\"name\":1}}}", "{\"regions\":{\"0\":\"SEOUL\"}}", "{\"keyTechnologies\":[null]}", "{\"keyTechnologies\":[[]]}", "{\"keyTechnologies\":[\"\\u0000\"]}", "{\"email\":[],\"password\":{}}",
        Nested("[", "]", 60), Nested("[", "]", 70), Nested("[", "]", 5_000), Nested("{\"a\":", "}", 60, "1"), Nested("{\"a\":", "}", 70, "1"), new('[', 20_000), $"{{\"name\":{Nested("[", "]", 62)}}}", $"{{\"name\":\"{new string('x', 200_000)}\"}}",
        $"{{\"name\":\"{new string('x', 1_200_000)}\"}}", $"{{\"keyTechnologies\":[{string.Join(',', Enumerable.Repeat("\"x\"", 5_000))}]}}", $"{{{string.Join(',', Enumerable.Range(0, 3_000).Select(number => $"\"a{number}\":1"))}}}",
    ];

    public static (string Name, string Value) Header(Random random) => (Of(HeaderNames, random), Of(HeaderValues, random));

    public static string Of(string[] texts, Random random) => texts[random.Next(texts.Length)];

    private static string Nested(string open, string close, int depth, string inner = "") =>
        string.Concat(Enumerable.Repeat(open, depth)) + inner + string.Concat(Enumerable.Repeat(close, depth));
}
