using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Connect.Caching;
using Connect.Data.Idempotency;
using Connect.Data.Model;

namespace Connect.Api.Idempotency;

/// <summary>The result of a write.</summary>
/// <param name="Result">The result, for the answer.</param>
/// <param name="Ids">Ids from which a retry is answered; none if the write was refused.</param>
/// <param name="Status">HTTP status that a retry is answered with; null if the write has only one.</param>
internal sealed record Written<T>(T Result, IReadOnlyList<Guid> Ids, int? Status = null);

/// <summary>The outcome of a write that may have an idempotency key.</summary>
internal sealed record WriteOutcome<T>
{
    /// <summary>The result, if it was carried out now.</summary>
    public T? Result { get; init; }

    /// <summary>The ids of an earlier write with the key.</summary>
    public IReadOnlyList<Guid>? Replayed { get; init; }

    /// <summary>The status of an earlier write with the key; null if it has only one.</summary>
    public int? ReplayedStatus { get; init; }

    /// <summary>Whether the key belongs to another write; nothing was done.</summary>
    public bool IsKeyReused { get; init; }
}

/// <summary>
/// Carries out writes that clients may retry. The key is stored first, in the write's transaction: a crash leaves
/// neither, and a concurrent request with the same key waits for both.
/// </summary>
internal sealed class IdempotentWrites(CacheTransaction<ConnectDbContext> transaction, AppSecrets secrets, TimeProvider time)
{
    public const string ReplayedHeader = "Idempotency-Replayed";

    private const string SecretName = "idempotency-hash";

    // Omit nulls, so that a retry across a release with a new optional field has the same hash.
    private static readonly JsonSerializerOptions Hashed = new(WireJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Runs <paramref name="work"/> in a <see cref="CacheTransaction{TContext}"/> unless its key is used already.</summary>
    /// <param name="http">The request; a replayed answer is marked in its response headers.</param>
    /// <param name="operation">The write's stable name.</param>
    /// <param name="request">The request's body; null if it has none.</param>
    /// <param name="work">As in <see cref="CacheTransaction{TContext}.ExecuteAsync{TResult}"/>.</param>
    /// <param name="cancellationToken">Cancels until COMMIT is sent; not afterwards.</param>
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
                ? new() { Replayed = earlier.ResultIds, ReplayedStatus = earlier.ResultStatus }
                : new() { IsKeyReused = true };
        }

        var written = await work(context, cancellationToken);
        await (written.Ids.Count > 0
            ? context.CompleteAsync(claim, written.Ids, written.Status, cancellationToken)
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
