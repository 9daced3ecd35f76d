using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Connect.Api.OpenApi;

/// <summary>The document's general part, the same wherever the API runs.</summary>
internal sealed class DocumentInfo : IOpenApiDocumentTransformer
{
    private const string Description = """
        Matches Korean companies and research institutes with open government R&D programs (공고).

        **Conventions.** JSON in camelCase; times are ISO 8601 with offset; money is a decimal string of whole KRW; ids are UUIDs.
        Fields that a request body has beyond its schema are refused; answers may get more fields at any time.

        **Errors** are `application/problem+json` with a stable `type` (`urn:connect:problem:…`); validation errors name the fields.
        After 429 and 503, wait as long as `Retry-After` says.

        **Lists** are paged: pass `nextCursor` as `cursor` for the next page; it is null on the last.
        """;

    private static readonly (string Name, string Description)[] Tags =
    [
        ("Identity", "Users and their tokens. Register, log in, and send the `accessToken` as `Authorization: Bearer …`."),
        ("Organizations", "The profile of the caller's company or research institute."),
        ("Members", "The people of an organization, what they may do, and invitations by mail."),
        ("Keys", "Keys of programs: what they open, for how long, and when they were used. Made by people."),
        ("Programs", "Announcements of the agencies, as they were read and classified."),
        ("Matches", "The programs that fit an organization best, with score and reasons. Kept in a cache that is never out of date."),
        ("Administration", "Runs over the agencies' boards, and the cache. For administrators."),
    ];

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Connect",
            Version = typeof(DocumentInfo).Assembly.GetName().Version?.ToString(fieldCount: 3),
            Description = Description,
            License = new OpenApiLicense { Name = "MIT", Url = new Uri("https://opensource.org/license/mit") },
        };

        // A relative address: the API has the document's host, under any name.
        document.Servers = [new OpenApiServer { Url = "/" }];

        var others = document.Tags?.Where(tag => !Tags.Any(known => known.Name == tag.Name)) ?? [];
        document.Tags = Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }).Concat(others).ToHashSet();
        return Task.CompletedTask;
    }
}
