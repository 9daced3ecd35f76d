using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Connect.Client;
using Connect.Tests.Unit.Api.Document;

namespace Connect.Tests.Unit.Client;

/// <summary>Lists as sequences: every list of the document has one, and it reads no page before it needs it. Files as streams.</summary>
public sealed class ClientListTests
{
    private readonly FakeApi _api = new();

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    /// <summary>Fails for a new list, and for a new filter of one.</summary>
    [Fact]
    public void Every_list_with_a_cursor_has_a_sequence_with_its_filters()
    {
        var lists = DocumentComparer.OperationsOf(ApprovedDocument.Read())
            .Where(operation => operation.Key.StartsWith("GET ", StringComparison.Ordinal) && NamesOf(operation.Value).Contains("cursor")).ToList();

        Assert.NotEmpty(lists);
        Assert.All(lists, list =>
        {
            var name = ((string)list.Value["operationId"]!).Replace("List", "Enumerate", StringComparison.Ordinal) + "Async";
            var method = typeof(ConnectClientLists).GetMethod(name);
            Assert.True(method is not null, $"{list.Key} has no ConnectClientLists.{name}.");
            var filters = method.GetParameters().Select(parameter => parameter.Name!)
                .Concat(name == "EnumerateProgramsAsync" ? FilterProperties().Select(property => property.Name) : []);
            Assert.Empty(NamesOf(list.Value).Except(["cursor", "limit", "facets"]).Except(filters, StringComparer.OrdinalIgnoreCase));
        });
    }

    /// <summary>Without this format, the generated method would read the whole file into a string.</summary>
    [Fact]
    public void Files_of_the_document_are_streams() => Assert.All(DocumentComparer.OperationsOf(ApprovedDocument.Read()), operation =>
        Assert.All(operation.Value["responses"]!["200"]?["content"] as JsonObject ?? [], media => Assert.True(
            media.Key is "application/json" or "text/plain" || (string?)media.Value!["schema"]?["format"] == "binary",
            $"{operation.Key} answers {media.Key} without format: binary.")));

    [Fact]
    public async Task Every_property_of_the_filter_is_sent()
    {
        var filter = new ProgramFilter
        {
            Q = "인공지능",
            Agency = [Agency.IITP, Agency.KEIT],
            Kind = [ProgramKind.CALL],
            Status = [ProgramStatus.ACTIVE],
            Sector = [Sector.ICT],
            Region = [Region.SEOUL],
            Audience = [OrganizationType.COMPANY],
            Trl = [5, 6],
            Unrestricted = true,
            AmountFrom = 100_000_000,
            AmountTo = 3_000_000_000,
            PublishedFrom = new DateOnly(2026, 11, 1),
            PublishedTo = new DateOnly(2026, 11, 30),
            DeadlineFrom = new DateTimeOffset(2026, 12, 1, 18, 0, 0, TimeSpan.FromHours(9)),
            DeadlineTo = new DateOnly(2026, 12, 31),
            Sort = ProgramSort.AMOUNT,
            Highlight = true,
        };

        await _api.CreateAnonymousClient().ListProgramsAsync(filter, facets: true, limit: 7, cursor: "c", cancellationToken: CancellationToken);

        var sent = Assert.Single(_api.Requests).Query[1..].Split('&').Select(Uri.UnescapeDataString).ToList();
        Assert.Empty(FilterProperties().Where(property => !sent.Any(value =>
            value.StartsWith($"{property.Name}=", StringComparison.OrdinalIgnoreCase))).Select(property => property.Name));
        Assert.Superset(
            new HashSet<string>
            {
                "q=인공지능", "agency=IITP", "agency=KEIT", "trl=6", "unrestricted=true", "amountTo=3000000000", "publishedFrom=2026-11-01",
                "deadlineFrom=2026-12-01T18:00:00.0000000+09:00", "facets=true", "limit=7", "cursor=c",
            },
            sent.ToHashSet());
    }

    [Fact]
    public async Task Pages_are_read_one_after_the_other()
    {
        AnswerPages(pages: 3);

        var items = await _api.CreateAnonymousClient().EnumerateSessionsAsync(pageSize: 2, cancellationToken: CancellationToken).ToListAsync(CancellationToken);

        Assert.Equal(["1a", "1b", "2a", "2b", "3a", "3b"], items.Select(item => item.AdditionalProperties["mark"].ToString()));
        Assert.Equal(["?limit=2", "?limit=2&cursor=2", "?limit=2&cursor=3"], _api.Requests.Select(request => request.Query));
    }

    [Fact]
    public async Task Page_that_nobody_needs_is_not_read()
    {
        AnswerPages(pages: 3);
        var sequence = _api.CreateAnonymousClient().EnumerateSessionsAsync(cancellationToken: CancellationToken);
        Assert.Empty(_api.Requests);

        Assert.Equal(2, await sequence.Take(2).CountAsync(CancellationToken));

        Assert.Single(_api.Requests);
    }

    [Fact]
    public async Task Cancellation_ends_a_sequence_within_a_page()
    {
        AnswerPages(pages: 3);
        using var cancellation = new CancellationTokenSource();
        await using var items = _api.CreateAnonymousClient().EnumerateSessionsAsync(cancellationToken: CancellationToken)
            .GetAsyncEnumerator(cancellation.Token);
        Assert.True(await items.MoveNextAsync());

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => items.MoveNextAsync().AsTask());
        Assert.Single(_api.Requests);
    }

    private static List<string> NamesOf(JsonNode operation) =>
    [
        .. from parameter in operation["parameters"] as JsonArray ?? []
           where (string?)parameter["in"] is "query" or "path"
           select (string?)parameter["name"],
    ];

    private static PropertyInfo[] FilterProperties() => typeof(ProgramFilter).GetProperties();

    // Pages of two; the cursor is the number of the next one.
    private void AnswerPages(int pages) => _api.Answer = request =>
    {
        var cursor = request.Query.Split("cursor=");
        var page = cursor.Length == 1 ? 1 : int.Parse(cursor[1], CultureInfo.InvariantCulture);
        var next = page < pages ? $"\"{page + 1}\"" : "null";
        return Task.FromResult(FakeApi.Json($$"""{"items":[{"mark":"{{page}}a"},{"mark":"{{page}}b"}],"nextCursor":{{next}}}"""));
    };
}
