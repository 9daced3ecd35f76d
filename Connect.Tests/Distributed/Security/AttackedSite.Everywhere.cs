using System.Net;

namespace Connect.Tests.Distributed.Security;

/// <content>Waits until all instances know of a change.</content>
internal sealed partial class AttackedSite
{
    /// <summary>A change counts on every instance within this time of its answer.</summary>
    public static readonly TimeSpan Promise = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Every instance answers so within the promised time: the last other answer came to a request that began within it, because a busy
    /// machine may be slow to answer. Such a machine delays bare notifications as well, and by so much the request may be later.
    /// </summary>
    public async Task EverywhereAsync(HttpStatusCode expected, string token, string path)
    {
        using var asked = new CancellationTokenSource();
        var control = BareNotifications.MeasureAsync(ConnectionString, asked.Token);
        IReadOnlyList<TimeSpan> others;
        try
        {
            others = await AwaitEverywhereAsync(expected, token, path);
        }
        finally
        {
            await asked.CancelAsync();
        }

        var limit = Promise + (await control).Slowest;
        Assert.All(others, other => Assert.InRange(other, TimeSpan.Zero, limit));
    }

    /// <summary>
    /// Asks all instances at once until each answers so; the times from the call, which follows a change, to the beginnings of the requests
    /// that were answered otherwise.
    /// </summary>
    public async Task<IReadOnlyList<TimeSpan>> AwaitEverywhereAsync(HttpStatusCode expected, string token, string path)
    {
        var changed = TimeProvider.System.GetTimestamp();
        var asked = await Task.WhenAll(_clients.Select(async client =>
        {
            List<TimeSpan> others = [];
            while (true)
            {
                var asked = TimeProvider.System.GetElapsedTime(changed);
                var answer = await client.GetAsync(path, token);
                if (answer.Status == expected)
                {
                    return others;
                }

                Assert.True(asked < Patience, $"{path}: {(int)answer.Status}, not {(int)expected}. {answer.Body}");
                others.Add(asked);
            }
        }));
        return [.. asked.SelectMany(others => others)];
    }
}
