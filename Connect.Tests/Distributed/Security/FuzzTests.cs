using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Connect.Tests.Distributed.Security;

/// <summary>Every request gets one of the API's own answers, and memory keeps nothing of it.</summary>
public sealed class FuzzTests(RunningApplication application, ITestOutputHelper output)
{
    private const int AtOnce = 6;
    private const int Shown = 25;

    // Each signs up, which takes hashes of a password.
    private const int RequestsPerLeaver = 200;

    // The heap limit of the process, which needs less than half: kept requests would exhaust it. Up to the limit the
    // collector is slow to run, so resident memory may grow without a leak.
    private const long Heap = 80L << 20;

    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(3);

    // Other seeds run longer; the time limit stays.
    private static readonly int Seed = Setting("CONNECT_FUZZ_SEED", 20_261_126);
    private static readonly int LongRequests = Setting("CONNECT_FUZZ_REQUESTS", 24_000);
    private static readonly int AccountRequests = Setting("CONNECT_FUZZ_REQUESTS", 20_000);

    [Fact]
    public Task No_request_is_a_server_error_and_none_leaves_anything_behind() => SendAsync(requests: 1_200);

    [Fact(Explicit = true)]
    public Task No_request_of_many_is_a_server_error_and_none_leaves_anything_behind() => SendAsync(LongRequests);

    [Fact(Explicit = true)]
    public Task No_request_about_accounts_is_a_server_error() => SendAsync(AccountRequests, IsOfAccounts);

    // Who may do what: accounts and their sessions, keys, members, and whether an organization is there.
    private static bool IsOfAccounts(ApiOperation operation) =>
        operation.Path.StartsWith("/auth/", StringComparison.Ordinal) || operation.Path.StartsWith("/api/invitations", StringComparison.Ordinal)
        || operation.Path.StartsWith("/api/admin/keys", StringComparison.Ordinal) || operation.Path.StartsWith("/api/admin/organizations", StringComparison.Ordinal)
        || (operation.Path.StartsWith("/api/organizations", StringComparison.Ordinal) && !operation.Path.EndsWith("/matches", StringComparison.Ordinal));

    private async Task SendAsync(int requests, Func<ApiOperation, bool>? isAsked = null)
    {
        await using var site = await AttackedSite.StartAsync(
            application, processes: 1, ("DOTNET_GCHeapHardLimit", Heap.ToString("x", CultureInfo.InvariantCulture)));
        var actors = await FuzzActors.PrepareAsync(site, leavers: requests / RequestsPerLeaver);
        var document = await ApiDocument.ReadAsync(site.Clients[0]);
        var generated = new FuzzRequests(document, actors, Seed, isAsked);
        output.WriteLine($"Seed {Seed}, {document.Operations.Count(isAsked ?? (static _ => true))} operations.");
        var run = new FuzzRun(site.Clients[0], generated);

        await run.SendAsync(0, requests / 4, AtOnce, MostTime);
        var before = ResidentBytes(site.Processes[0].ProcessId);
        await run.SendAsync(requests / 4, requests, AtOnce, MostTime);
        var after = ResidentBytes(site.Processes[0].ProcessId);

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{run.Sent} requests, {run.Took.TotalSeconds:0.0} s, {before >> 20} MB before and {after >> 20} MB after."));
        output.WriteLine(string.Join(", ", run.Statuses.OrderBy(status => status.Key).Select(status => $"{(int)status.Key}: {status.Value}")));
        Assert.True(run.Findings.IsEmpty, $"{run.Findings.Count} findings.\n{string.Join('\n', run.Findings.Order().Take(Shown))}");
        Assert.Equal(requests, run.Sent);
        Assert.InRange(after - before, long.MinValue, Heap);

        // Every resource was reached, and still exists.
        Assert.True(run.Statuses[HttpStatusCode.OK] > requests / 50);
        var organization = await site.Clients[0].GetAsync($"/api/organizations/{actors.Member.Organization}", actors.Member.Token);
        Assert.Equal(HttpStatusCode.OK, organization.Status);
    }

    private static int Setting(string name, int normally) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : normally;

    private static long ResidentBytes(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.WorkingSet64;
    }
}

/// <summary>Sends numbered requests and looks at the answers.</summary>
internal sealed class FuzzRun(AttackClient client, FuzzRequests requests)
{
    private int _sent;

    public int Sent => _sent;

    public TimeSpan Took { get; private set; }

    public ConcurrentDictionary<HttpStatusCode, int> Statuses { get; } = new();

    /// <summary>Answers that the API must not give, each with its request.</summary>
    public ConcurrentBag<string> Findings { get; } = [];

    public async Task SendAsync(int from, int to, int atOnce, TimeSpan mostTime)
    {
        var started = Stopwatch.GetTimestamp();
        var next = from - 1;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var number && number < to && Stopwatch.GetElapsedTime(started) < mostTime)
            {
                await SendAsync(number);
            }
        }));
        Took += Stopwatch.GetElapsedTime(started);
    }

    private async Task SendAsync(int number)
    {
        var request = requests.Make(number);
        try
        {
            var answer = await client.SendAsync(request);
            Interlocked.Increment(ref _sent);
            Statuses.AddOrUpdate(answer.Status, 1, static (_, count) => count + 1);
            var problem = (int)answer.Status >= 500 ? $"{(int)answer.Status}: {answer.Body}" : answer.FindMalformation(hasBody: request.Method != "HEAD");
            if (problem is not null)
            {
                Findings.Add($"{problem}\n    {number}: {request}");
            }
        }
        catch (HttpRequestException exception)
        {
            Findings.Add($"No answer: {exception.Message} {exception.InnerException?.Message}\n    {number}: {request}");
        }
    }
}
