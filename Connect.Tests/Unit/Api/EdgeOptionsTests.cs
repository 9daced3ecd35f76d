using Connect.Api.Edge;
using Connect.Api.Identity.External;
using Connect.Api.RateLimits;

namespace Connect.Tests.Unit.Api;

/// <summary>Insecure settings are refused at start.</summary>
public sealed class EdgeOptionsTests
{
    [Theory]
    [InlineData("*", false)]
    [InlineData("null", false)]
    [InlineData("https://*.example.com", false)]
    [InlineData("https://app.example.com/", false)]
    [InlineData("https://app.example.com/path", false)]
    [InlineData("app.example.com", false)]
    [InlineData("file:///etc", false)]
    [InlineData("https://app.example.com", true)]
    [InlineData("http://localhost:3000", true)]
    public void Origin_is_a_scheme_a_host_and_a_port(string origin, bool isValid) =>
        Assert.Equal(isValid, new EdgeOptionsValidator().Validate(null, new EdgeOptions { CorsOrigins = { origin } }).Succeeded);

    [Theory]
    [InlineData("10.0.0.1", true)]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("fd00::/8", true)]
    [InlineData("proxy", false)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("", false)]
    public void Proxy_is_an_address_or_a_network(string proxy, bool isValid) =>
        Assert.Equal(isValid, new EdgeOptionsValidator().Validate(null, new EdgeOptions { TrustedProxies = { proxy } }).Succeeded);

    [Fact]
    public void Sizes_and_times_have_bounds()
    {
        var validator = new EdgeOptionsValidator();

        Assert.True(validator.Validate(null, new EdgeOptions()).Succeeded);
        Assert.True(validator.Validate(null, new EdgeOptions { MaxRequestBodyBytes = 1 }).Failed);
        Assert.True(validator.Validate(null, new EdgeOptions { RequestTimeout = TimeSpan.Zero }).Failed);
        Assert.True(validator.Validate(null, new EdgeOptions { ProxyCount = 0 }).Failed);
    }

    [Theory]
    [InlineData(true, true, 365, true)]
    [InlineData(true, true, 730, true)]
    [InlineData(true, true, 364, false)]
    [InlineData(true, false, 365, false)]
    [InlineData(false, true, 365, false)]
    public void Preloaded_strict_transport_is_on_for_all_hosts_and_a_year(bool isOn, bool subDomains, int days, bool isValid)
    {
        var options = new EdgeOptions { Hsts = isOn, HstsIncludeSubDomains = subDomains, HstsMaxAge = TimeSpan.FromDays(days), HstsPreload = true };

        Assert.Equal(isValid, new EdgeOptionsValidator().Validate(null, options).Succeeded);
        options.HstsPreload = false;
        Assert.True(new EdgeOptionsValidator().Validate(null, options).Succeeded);
        options.HstsMaxAge = TimeSpan.FromDays(-1);
        Assert.True(new EdgeOptionsValidator().Validate(null, options).Failed);
    }

    [Fact]
    public void Limit_lets_somebody_through()
    {
        var validator = new RateLimitOptionsValidator();

        Assert.True(validator.Validate(null, new RateLimitOptions()).Succeeded);
        Assert.True(validator.Validate(null, new RateLimitOptions { Login = new RateLimit { Permits = 0 } }).Failed);
        Assert.True(validator.Validate(null, new RateLimitOptions { Caller = new RateLimit { Period = TimeSpan.Zero } }).Failed);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("https://issuer.example.com", "connect-api", true)]
    [InlineData("https://issuer.example.com", null, false)]
    [InlineData(null, "connect-api", false)]
    [InlineData("ftp://issuer.example.com", "connect-api", false)]
    [InlineData("issuer", "connect-api", false)]
    public void Issuer_comes_with_the_audience_that_its_tokens_are_for(string? authority, string? audience, bool isValid)
    {
        var options = new ExternalIssuerOptions { Authority = authority is null ? null : new Uri(authority, UriKind.RelativeOrAbsolute), Audience = audience };

        Assert.Equal(isValid, new ExternalIssuerOptionsValidator().Validate(null, options).Succeeded);
    }
}
