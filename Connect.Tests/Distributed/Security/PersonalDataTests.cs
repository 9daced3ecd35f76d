using Connect.Tests.Functional.Caching;
using Connect.Tests.Functional.Explanations;
using Connect.Tests.Unit.Explanations;

namespace Connect.Tests.Distributed.Security;

/// <summary>
/// Searches all stores, logs and telemetry for planted values, with every log at its lowest level. Personal data is
/// only in its own tables; business numbers and secrets are nowhere.
/// </summary>
public sealed class PersonalDataTests(RunningApplication application, ITestOutputHelper output)
{
    private const int RedisKeySpace = 12;

    private static readonly TimeSpan ForgottenWithin = TimeSpan.FromSeconds(60);

    [Fact(Explicit = true)]
    public async Task Planted_values_are_found_only_where_they_belong()
    {
        var plants = new Plants();
        await using var model = await ModelServer.StartAsync();
        await using var collector = await OtlpReceiver.StartAsync();
        var cache = await application.GetRedisAsync();
        await KeptTexts.ClearRedisAsync(cache, RedisKeySpace);
        await using var site = await AttackedSite.StartAsync(
            application, processes: 1, [.. Talkative(), .. collector.Settings, .. Model(model, plants), ("ConnectionStrings__cache", $"{cache},defaultDatabase={RedisKeySpace}")]);
        await site.AddProgramAsync(1);
        var visit = new PersonalDataVisit(site, plants);
        await visit.MakeAsync();

        // Read before the processes end: their metrics end with them.
        var tables = new Dictionary<string, string>();
        await TestInstance.EventuallyAsync(async () =>
            (tables = await KeptTexts.OfDatabaseAsync(site.ConnectionString))["cache_instances"].Contains("explanations", StringComparison.Ordinal)
            && tables["organization_activity"].Contains($"{visit.Organization}", StringComparison.Ordinal));
        Assert.Contains(plants.OrganizationName, tables["organizations"], StringComparison.Ordinal);
        await visit.LeaveAsync();
        await AssertForgottenAsync(site.ConnectionString, plants);
        var redis = await KeptTexts.OfRedisAsync(cache, RedisKeySpace);
        foreach (var process in site.Processes)
        {
            await process.StopAsync();
        }

        Dictionary<string, string> places = new()
        {
            ["redis"] = redis,
            ["traces"] = collector.TextOf("traces"),
            ["metrics"] = collector.TextOf("metrics"),
            ["logs"] = collector.TextOf("logs"),
            ["output"] = string.Join('\n', site.Processes.SelectMany(process => process.Output)),
            ["prompts"] = string.Join('\n', model.Requests.Select(request => request.Body.ToJsonString() + request.System + request.User)),
        };
        output.WriteLine($"{visit.Requests} requests; {string.Join(", ", places.Select(place => $"{place.Key}: {place.Value.Length:N0} characters"))}; "
            + $"{tables.Count} tables of {tables.Sum(table => (long)table.Value.Length):N0} characters.");

        AssertSearchFinds(places, tables, visit.Organization, plants);
        var found = FindAll(places, tables, plants).ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    // In no table at all, and soon.
    private static async Task AssertForgottenAsync(string database, Plants plants)
    {
        List<string> left = [];
        var started = TimeProvider.System.GetTimestamp();
        do
        {
            var tables = await KeptTexts.OfDatabaseAsync(database);
            left = [.. from table in tables
                       from value in (string[])[.. plants.Contacts, plants.Note, .. plants.Emails, .. plants.Mailed, .. plants.Secrets, plants.OrganizationName]
                       where Holds(table.Value, value)
                       select $"{value} is in table {table.Key}: {Around(table.Value, value)}"];
        }
        while (left.Count > 0 && TimeProvider.System.GetElapsedTime(started) < ForgottenWithin);

        Assert.True(left.Count == 0, string.Join('\n', left));
    }

    // The search must find values that are known to be there.
    private static void AssertSearchFinds(Dictionary<string, string> places, Dictionary<string, string> tables, Guid organization, Plants plants)
    {
        Assert.Contains(organization.ToString(), places["redis"], StringComparison.Ordinal);
        Assert.Contains("인공지능", places["redis"], StringComparison.Ordinal);
        Assert.Contains("/api/organizations/{id:guid}", places["traces"], StringComparison.Ordinal);
        Assert.Contains("connect.cache.requests", places["metrics"], StringComparison.Ordinal);
        Assert.Contains(organization.ToString(), places["logs"], StringComparison.Ordinal);
        Assert.Contains("insert into", places["output"], StringComparison.OrdinalIgnoreCase);
        Assert.Contains(organization.ToString(), places["output"], StringComparison.Ordinal);
        Assert.Contains("인공지능 기술개발사업", places["prompts"], StringComparison.Ordinal);
        Assert.All((string[])["cache_generations", "matches", "organization_activity"], table =>
            Assert.Contains(organization.ToString(), tables[table], StringComparison.Ordinal));
        Assert.Contains(ExplanationFixtures.Korean, tables["explanations"], StringComparison.Ordinal);
        Assert.All(plants.Contacts.Where(contact => !contact.StartsWith("0109", StringComparison.Ordinal)), contact =>
            Assert.Contains(contact, tables["organizations"], StringComparison.Ordinal));
        Assert.All((string[])["matches", "match_mark_changes"], table => Assert.Contains(plants.Note, tables[table], StringComparison.Ordinal));
        Assert.All(plants.Emails, email => Assert.Contains(email, tables["users"], StringComparison.Ordinal));
        Assert.All(plants.Emails.Concat(plants.Mailed), email => Assert.Contains(email, tables["mails"], StringComparison.Ordinal));
    }

    private static IEnumerable<string> FindAll(Dictionary<string, string> places, Dictionary<string, string> tables, Plants plants)
    {
        foreach (var (place, text) in places)
        {
            foreach (var value in plants.Contacts.Append(plants.OrganizationName).Append(plants.Note).Concat(plants.Emails).Concat(plants.Mailed).Concat(plants.Secrets).Where(value => Holds(text, value)))
            {
                yield return $"{value} is in {place}: {Around(text, value)}";
            }
        }

        foreach (var (table, text) in tables)
        {
            var forbidden = plants.Secrets
                .Concat(table == "organizations" ? [] : plants.Contacts)
                .Concat(table is "matches" or "match_mark_changes" ? [] : [plants.Note])
                .Concat(table is "users" or "mails" ? [] : plants.Emails)
                .Concat(table == "mails" ? [] : plants.Mailed);
            foreach (var value in forbidden.Where(value => Holds(text, value)))
            {
                yield return $"{value} is in table {table}: {Around(text, value)}";
            }
        }
    }

    // Identity keeps addresses in capitals, too.
    private static bool Holds(string text, string value) => text.Contains(value, StringComparison.OrdinalIgnoreCase);

    private static string Around(string text, string value)
    {
        var at = text.IndexOf(value, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 200)..Math.Min(text.Length, at + value.Length + 50)];
    }

    private static (string Name, string Value)[] Talkative() =>
    [
        .. ((string[])["Default", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions.Diagnostics.HealthChecks", "System.Net.Http", "Polly", "Microsoft.Hosting.Lifetime"])
            .Select(category => ($"Logging__LogLevel__{category}", "Trace")),
    ];

    private static (string Name, string Value)[] Model(ModelServer model, Plants plants) =>
    [
        ("Explanations__Endpoint", model.Endpoint.ToString()), ("Explanations__ApiKey", plants.ModelKey), ("Explanations__Model", ModelServer.Model),
    ];
}
