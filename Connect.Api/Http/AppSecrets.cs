using System.Collections.Concurrent;
using System.Security.Cryptography;
using Connect.Data.Model;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Http;

/// <summary>Random keys that are created once, stored protected, and shared by all replicas.</summary>
internal sealed class AppSecrets(IServiceScopeFactory scopes, IDataProtectionProvider protection)
{
    private const int KeyBytes = 32;

    private readonly IDataProtector _protector = protection.CreateProtector("app-secret");
    private readonly ConcurrentDictionary<string, byte[]> _keys = new(StringComparer.Ordinal);

    /// <summary>The key of this name.</summary>
    public async ValueTask<byte[]> GetAsync(string name, CancellationToken cancellationToken) =>
        _keys.TryGetValue(name, out var key) ? key : _keys[name] = await LoadAsync(name, cancellationToken);

    // If two replicas create a key at once, the one that was stored first counts.
    private async Task<byte[]> LoadAsync(string name, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        var made = _protector.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        await context.Database.ExecuteSqlAsync(
            $"insert into app_secrets (name, protected_value) values ({name}, {made}) on conflict do nothing", cancellationToken);
        var stored = await context.AppSecrets.AsNoTracking().SingleAsync(secret => secret.Name == name, cancellationToken);
        return Convert.FromBase64String(_protector.Unprotect(stored.ProtectedValue));
    }
}
