using System.Security.Claims;
using Connect.Api.Identity;
using Microsoft.AspNetCore.Authentication;

namespace Connect.Tests.Unit.Api;

/// <summary>A valid token is not decrypted again for a while; any other is, every time.</summary>
public sealed class RememberedTokensTests : IDisposable
{
    private readonly CountingFormat _tokens = new();
    private readonly RememberedTokens _remembered;

    public RememberedTokensTests() => _remembered = new(_tokens);

    [Fact]
    public void Good_token_is_deciphered_once()
    {
        var ticket = _remembered.Unprotect("good");

        Assert.NotNull(ticket);
        Assert.Same(ticket, _remembered.Unprotect("good"));
        Assert.Equal(1, _tokens.Count);
    }

    [Fact]
    public void Each_token_is_its_own()
    {
        Assert.NotSame(_remembered.Unprotect("good"), _remembered.Unprotect("good too"));
        Assert.Equal("good too", _remembered.Unprotect("good too")!.Principal.Identity!.Name);
    }

    [Theory]
    [InlineData("bad")]
    [InlineData("")]
    [InlineData(null)]
    public void Bad_token_is_not_remembered(string? token)
    {
        Assert.Null(_remembered.Unprotect(token));
        Assert.Null(_remembered.Unprotect(token));
        Assert.Equal(2, _tokens.Count);
    }

    [Fact]
    public void Token_for_something_else_is_not_taken_for_one_that_is_remembered()
    {
        _remembered.Unprotect("good");

        Assert.Null(_remembered.Unprotect("good", "another purpose"));
    }

    [Fact]
    public void What_is_signed_is_signed_by_the_format_itself() =>
        Assert.Equal("signed", _remembered.Protect(CountingFormat.Ticket("anybody")));

    public void Dispose() => _remembered.Dispose();

    private sealed class CountingFormat : ISecureDataFormat<AuthenticationTicket>
    {
        public int Count { get; private set; }

        public static AuthenticationTicket Ticket(string name) =>
            new(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, name)], "test")), "test");

        public string Protect(AuthenticationTicket data) => "signed";

        public string Protect(AuthenticationTicket data, string? purpose) => "signed for a purpose";

        public AuthenticationTicket? Unprotect(string? protectedText)
        {
            Count++;
            return protectedText?.StartsWith("good", StringComparison.Ordinal) == true ? Ticket(protectedText) : null;
        }

        public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => null;
    }
}
