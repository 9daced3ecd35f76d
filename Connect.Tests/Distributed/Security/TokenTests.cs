using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Security;

/// <summary>Sign-in over several processes, and over their deaths.</summary>
public sealed class TokenTests(RunningApplication application) : IDisposable
{
    private const string Password = "Passw0rd!-1";
    private const string CertificatePassword = "only for this test";
    private const int AttemptsToLockOut = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("connect-keys-").FullName;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Tokens_are_good_on_every_process_and_after_all_of_them_were_replaced()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var (first, second) = (await instances.StartAsync(), await instances.StartAsync());
        var email = await RegisterAsync(first.Address);
        var login = await LoginAsync(first.Address, email, Password);

        await AssertAcceptedAsync(second.Address, login.Text("accessToken"));
        await first.KillAsync();
        await second.KillAsync();
        var third = await instances.StartAsync();

        await AssertAcceptedAsync(third.Address, login.Text("accessToken"));
        var refreshed = await RefreshAsync(third.Address, login.Text("refreshToken"));
        await AssertAcceptedAsync(third.Address, refreshed.Text("accessToken"));

        // The one is not good for the other.
        ApiAssert.Problem(
            HttpStatusCode.Unauthorized, "unauthorized", await RefreshAsync(third.Address, login.Text("accessToken")));
        ApiAssert.Problem(
            HttpStatusCode.Unauthorized, "unauthorized",
            await new ApiClient(third.Address).WithToken(login.Text("refreshToken")).SendAsync(HttpMethod.Get, "/api/programs"));
    }

    [Fact(Explicit = true)]
    public async Task Account_is_locked_on_every_process_when_guesses_are_spread_over_them()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        ServiceProcess[] api = [await instances.StartAsync(), await instances.StartAsync()];
        var email = await RegisterAsync(api[0].Address);
        var login = await LoginAsync(api[0].Address, email, Password);

        for (var attempt = 0; attempt < AttemptsToLockOut; attempt++)
        {
            ApiAssert.Problem(
                HttpStatusCode.Unauthorized, "unauthorized", await LoginAsync(api[attempt % api.Length].Address, email, $"Wrong-{attempt}-guess"));
        }

        foreach (var process in api)
        {
            ApiAssert.Problem(HttpStatusCode.Unauthorized, "unauthorized", await LoginAsync(process.Address, email, Password));
            ApiAssert.Problem(
                HttpStatusCode.Unauthorized, "unauthorized",
                await new ApiClient(process.Address).WithToken(login.Text("accessToken")).SendAsync(HttpMethod.Get, "/api/programs?limit=1"));
        }
    }

    [Fact]
    public async Task Refresh_token_is_worth_nothing_when_the_password_was_changed()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync();
        var email = await RegisterAsync(api.Address);
        var login = await LoginAsync(api.Address, email, Password);
        var user = new ApiClient(api.Address).WithToken(login.Text("accessToken"));

        ApiAssert.Ok(await user.SendAsync(
            HttpMethod.Post, "/auth/manage/info", new { oldPassword = Password, newPassword = "Another-Passw0rd" }));

        ApiAssert.Problem(HttpStatusCode.Unauthorized, "unauthorized", await RefreshAsync(api.Address, login.Text("refreshToken")));
        ApiAssert.Ok(await LoginAsync(api.Address, email, "Another-Passw0rd"));
    }

    [Fact]
    public async Task Token_creates_nothing_when_its_user_is_gone()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync();
        var user = await new ApiClient(api.Address).SignUpAsync();
        await using (var context = instances.CreateContext())
        {
            Assert.Equal(1, await context.Users.Where(one => one.Email != RunningApplication.AdminEmail).ExecuteDeleteAsync(CancellationToken));
        }

        object organization = new { type = "COMPANY", name = "회사", businessNumber = ApiClient.NextBusinessNumber() };

        ApiAssert.Problem(HttpStatusCode.Unauthorized, "unauthorized", await user.SendAsync(HttpMethod.Post, "/api/organizations", organization));
        ApiAssert.Problem(
            HttpStatusCode.Unauthorized, "unauthorized",
            await user.SendAsync(HttpMethod.Post, "/api/organizations", organization, idempotencyKeys: "once"));
    }

    [Theory]
    [InlineData("useCookies")]
    [InlineData("useSessionCookies")]
    public async Task Cookies_are_refused(string name)
    {
        var client = await application.CreateClientAsync();

        ApiAssert.Invalid(await client.SendAsync(HttpMethod.Post, $"/auth/login?{name}=true", new { email = "a@example.com", password = "x" }), name);
    }

    [Fact(Explicit = true)]
    public async Task Keys_in_the_database_open_nothing_without_the_certificate()
    {
        var (old, next) = (CreateCertificate("old"), CreateCertificate("next"));
        await using var instances = await ApiInstances.CreateAsync(application);
        var first = await instances.StartAsync(Certificate(old));
        var email = await RegisterAsync(first.Address);
        var login = await LoginAsync(first.Address, email, Password);
        await using (var context = instances.CreateContext())
        {
            var keys = await context.DataProtectionKeys.Select(key => key.Xml).ToListAsync(CancellationToken);
            Assert.NotEmpty(keys);
            Assert.All(keys, key => Assert.DoesNotContain("<masterKey", key, StringComparison.Ordinal));
            Assert.All(keys, key => Assert.Contains("X509Data", key, StringComparison.Ordinal));
        }

        // Certificates are renewed: the old one still opens what it has protected.
        var renewed = await instances.StartAsync([.. Certificate(next), ("KeyProtection__PreviousCertificatePaths__0", old)]);

        await AssertAcceptedAsync(renewed.Address, login.Text("accessToken"));

        // Another certificate cannot decrypt the keys in the database.
        await Assert.ThrowsAsync<InvalidOperationException>(() => instances.StartAsync(Certificate(next)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (string, string)[] Certificate(string path) =>
        [("KeyProtection__CertificatePath", path), ("KeyProtection__CertificatePassword", CertificatePassword)];

    private string CreateCertificate(string name)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var path = Path.Combine(_folder, $"{name}.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, CertificatePassword));
        return path;
    }

    private static async Task<string> RegisterAsync(Uri api)
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        ApiAnswer answer = await new ApiClient(api).SendAsync(HttpMethod.Post, "/auth/register", new { email, password = Password });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return email;
    }

    private static Task<ApiAnswer> LoginAsync(Uri api, string email, string password) =>
        new ApiClient(api).SendAsync(HttpMethod.Post, "/auth/login", new { email, password });

    private static Task<ApiAnswer> RefreshAsync(Uri api, string refreshToken) =>
        new ApiClient(api).SendAsync(HttpMethod.Post, "/auth/refresh", new { refreshToken });

    private static async Task AssertAcceptedAsync(Uri api, string token) =>
        ApiAssert.Ok(await new ApiClient(api).WithToken(token).SendAsync(HttpMethod.Get, "/api/programs?limit=1"));
}
