using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Connect.Api.Http;
using Connect.Caching;
using Connect.Data.Idempotency;
using Connect.Data.Model;

namespace Connect.Api.Idempotency;

/// <summary>What a write made.</summary>
/// <param name="Result">For its answer.</param>
/// <param name="Ids">What it can be answered from again; none where it was refused.</param>
internal sealed record Written<T>(T Result, IReadOnlyList<Guid> Ids);

/// <summary>What became of a write that may have a name.</summary>
internal sealed record WriteOutcome<T>
{
    /// <summary>What it made, where it was carried out.</summary>
    public T? Result { get; init; }

    /// <summary>What it made when it was carried out earlier.</summary>
    public IReadOnlyList<Guid>? Replayed { get; init; }

    /// <summary>Whether its name is that of another write; nothing was done.</summary>
    public bool IsKeyReused { get; init; }
}

/// <summary>
/// Carries out writes that callers may repeat. A write's name is stored first, in its own transaction: a crash leaves
/// neither, and who comes with the same name at the same time waits and finds both.
/// </summary>
internal sealed class IdempotentWrites(CacheTransaction<ConnectDbContext> transaction, AppSecrets secrets, TimeProvider time)
{
    public const string ReplayedHeader = "Idempotency-Replayed";

    private const string SecretName = "idempotency-hash";

    // A field that a later release adds must not tell a request from itself.
    private static readonly JsonSerializerOptions Hashed = new(WireJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Runs <paramref name="work"/> in an evicting transaction unless its name is taken.</summary>
    /// <param name="http">The request, with its key if it has one; its answer says if it is a repeated one.</param>
    /// <param name="operation">The write's stable name.</param>
    /// <param name="request">What is asked for, as it was read from the body; null where there is none.</param>
    /// <param name="work">As in <see cref="CacheTransaction{TContext}.ExecuteAsync{TResult}"/>.</param>
    /// <param name="cancellationToken">Cancels until COMMIT is sent.</param>
    public async Task<WriteOutcome<T>> ExecuteAsync<T>(
        HttpContext http, string operation, object? request, Func<ConnectDbContext, CancellationToken, Task<Written<T>>> work,
        CancellationToken cancellationToken)
    {
        var claim = await FindClaimAsync(http, operation, request, cancellationToken);
        var outcome = await transaction.ExecuteAsync((context, token) => RunAsync(context, claim, work, token), cancellationToken);
        if (outcome.Replayed is not null)
        {
            http.Response.Headers[ReplayedHeader] = "true";
        }

        return outcome;
    }

    private static async Task<WriteOutcome<T>> RunAsync<T>(
        ConnectDbContext context, IdempotencyKey? claim, Func<ConnectDbContext, CancellationToken, Task<Written<T>>> work,
        CancellationToken cancellationToken)
    {
        if (claim is null)
        {
            return new() { Result = (await work(context, cancellationToken)).Result };
        }

        if (await context.ClaimAsync(claim, cancellationToken) is { } earlier)
        {
            return earlier.Operation == claim.Operation && earlier.RequestHash == claim.RequestHash
                ? new() { Replayed = earlier.ResultIds }
                : new() { IsKeyReused = true };
        }

        var written = await work(context, cancellationToken);
        await (written.Ids.Count > 0
            ? context.CompleteAsync(claim, written.Ids, cancellationToken)
            : context.ReleaseAsync(claim, cancellationToken));
        return new() { Result = written.Result };
    }

    private async Task<IdempotencyKey?> FindClaimAsync(
        HttpContext http, string operation, object? request, CancellationToken cancellationToken)
    {
        if (http.Features.Get<RequestedKey>() is not { } key)
        {
            return null;
        }

        var content = request is null ? [] : JsonSerializer.SerializeToUtf8Bytes(request, request.GetType(), Hashed);
        var secret = await secrets.GetAsync(SecretName, cancellationToken);
        return new IdempotencyKey
        {
            UserId = Caller.IdOf(http.User),
            Key = key.Value,
            Operation = operation,
            RequestHash = Convert.ToHexStringLower(HMACSHA256.HashData(secret, content)),
            CreatedAt = time.GetUtcNow(),
        };
    }
}
