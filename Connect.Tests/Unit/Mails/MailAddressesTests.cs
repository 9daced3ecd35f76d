using System.Text;
using Connect.Data.Mails;

namespace Connect.Tests.Unit.Mails;

public sealed class MailAddressesTests
{
    [Theory]
    [InlineData("kim@example.com")]
    [InlineData("o'neil@example.com")]
    [InlineData("kim!lee+tag@example.co.kr")]
    [InlineData("a.b-c_d=e/f?g#h$i%j&k*l{m|n}o~p`q^r@example.com")]
    [InlineData("한글@예시.한국")]
    [InlineData("kim@예시.한국")]
    [InlineData("kim@xn--vv4b11d.xn--3e0b707e")]
    [InlineData("用户@例子.公司")]
    [InlineData("admin@connect.local")]
    [InlineData("a@b.c1")]
    public void Address_of_a_person_is_one(string address)
    {
        Assert.True(MailAddresses.IsValid(address));
        Assert.True(MailAddresses.IsValid(address.Normalize(NormalizationForm.FormD)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("kim")]
    [InlineData("@example.com")]
    [InlineData("kim@")]
    [InlineData("kim@example")]
    [InlineData("kim@@example.com")]
    [InlineData("kim@lee@example.com")]
    [InlineData(".kim@example.com")]
    [InlineData("kim.@example.com")]
    [InlineData("kim..lee@example.com")]
    [InlineData("kim@.example.com")]
    [InlineData("kim@example..com")]
    [InlineData("kim@example.com.")]
    [InlineData("kim@-example.com")]
    [InlineData("kim@example-.com")]
    [InlineData("kim@exa_mple.com")]
    [InlineData("kim@127.0.0.1")]
    [InlineData("kim@[127.0.0.1]")]
    [InlineData("kim lee@example.com")]
    [InlineData("kim@exam ple.com")]
    [InlineData(" kim@example.com")]
    [InlineData("kim@example.com ")]
    [InlineData("kim@example.com\n")]
    [InlineData("kim\r\n@example.com")]
    [InlineData("kim\0@example.com")]
    [InlineData("kim\u200b@example.com")]
    [InlineData("kim\u202e@example.com")]
    [InlineData("kim\u00a0lee@example.com")]
    [InlineData("kim\u3000lee@example.com")]
    [InlineData("kim\ud800@example.com")]
    [InlineData("\"kim lee\"@example.com")]
    [InlineData("<kim@example.com>")]
    [InlineData("kim,lee@example.com")]
    [InlineData("kim;lee@example.com")]
    [InlineData("kim(comment)@example.com")]
    public void Text_that_is_no_address_is_none(string? text) => Assert.False(MailAddresses.IsValid(text));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Part_before_the_at_has_64_bytes_at_most(int length, bool isValid)
    {
        Assert.Equal(isValid, MailAddresses.IsValid($"{new string('a', length)}@example.com"));

        // A syllable has three bytes.
        Assert.Equal(isValid, MailAddresses.IsValid($"{new string('한', length / 3)}{new string('a', length % 3)}@example.com"));
    }

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, false)]
    public void Address_has_254_characters_at_most(int length, bool isValid)
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('b', 49), 5)) + ".";
        var address = $"a@{domain}{new string('c', length - domain.Length - 2)}";
        Assert.Equal(length, address.Length);

        Assert.Equal(isValid, MailAddresses.IsValid(address));
    }

    [Fact]
    public void Domain_is_written_in_ascii_and_lower_case()
    {
        Assert.Equal("Kim@xn--vv4b11d.xn--3e0b707e", MailAddresses.WithAsciiDomain("Kim@예시.한국"));
        Assert.Equal("Kim@example.com", MailAddresses.WithAsciiDomain("Kim@EXAMPLE.com"));
        Assert.Equal("no address", MailAddresses.WithAsciiDomain("no address"));
    }
}
