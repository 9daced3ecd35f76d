using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Connect.Data.Caching;
using Connect.Data.Programs.Lists;
using Microsoft.AspNetCore.Http.Metadata;

namespace Connect.Api.Programs;

/// <summary>What the list of programs is answered from. One service each, so that the route's parameters stay few.</summary>
internal readonly record struct ProgramListRequest(ProgramLists Lists, ProgramListDocuments Documents, ProgramHitsReader Hits, HttpContext Http);

/// <summary>A page as UTF-8 JSON, and its <c>ETag</c>, quoted: a hash of the JSON.</summary>
internal sealed record ProgramListDocument(byte[] Body, string Tag);

/// <summary>
/// Keeps the JSON of cached pages, so that a hit is not serialized again. It is attached to the page: when the cache drops that, it goes
/// with it.
/// </summary>
internal sealed class ProgramListDocuments(TimeProvider time)
{
    // 128 bits, so that boards' texts cannot be chosen to collide.
    private const int TagBytes = 16;

    private readonly ConditionalWeakTable<ProgramListPage, ProgramListDocument> _known = [];

    /// <summary>A page as it is now.</summary>
    public ProgramListDocument Get(ProgramListPage page, ProgramSort sort, IReadOnlyDictionary<Guid, ProgramHits>? hits, bool isKept)
    {
        // A last good page, which is served while the database is away, shows a program as open until its deadline and no longer.
        var now = time.GetUtcNow();
        var keeps = isKept && !(page.ValidUntil < now);
        if (keeps && _known.TryGetValue(page, out var known))
        {
            return known;
        }

        var body = WireJson.Write(ProgramMapping.ToPage(page, sort, hits, now));
        var document = new ProgramListDocument(body, $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, TagBytes))}\"");
        if (keeps)
        {
            _known.AddOrUpdate(page, document);
        }

        return document;
    }
}

/// <summary>200 with a page that is UTF-8 already.</summary>
internal sealed class ProgramListAnswer(byte[] body) : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult
{
    private const string ContentType = "application/json; charset=utf-8";

    public int? StatusCode => StatusCodes.Status200OK;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(
        new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(ProgramPage), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        var writing = response.BodyWriter.WriteAsync(body, httpContext.RequestAborted);
        return writing.IsCompletedSuccessfully ? Task.CompletedTask : writing.AsTask();
    }
}
