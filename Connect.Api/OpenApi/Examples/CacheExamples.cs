using Connect.Api.CacheAdministration;
using Connect.Data.Model;

namespace Connect.Api.OpenApi.Examples;

internal static class CacheExamples
{
    private static readonly Guid WarmingId = ContractExamples.Id(6);

    private static readonly CacheTotals Totals = new(
        [new CacheLayerItem("matches", new CacheRequestsItem(Memory: 900, Redis: 60, Miss: 40, Stale: 0), 0.96, 40, 0, 0.31)],
        [new CacheEvictionItem("org", "changed", 3)],
        new CacheListenerItem(
            Verified: true, ConfirmedAgeSeconds: 0.4, Heard: 12, LagP50Seconds: 0.002, LagP99Seconds: 0.009, LagMaxSeconds: 0.011, Polled: 0,
            Polls: 420, PollFailures: 0),
        new CacheRedisItem(
            BreakerOpen: false, Errors: 0, Timeouts: 0, Unasked: 0, BytesRead: 182_400, BytesWritten: 121_600,
            [new CacheOperationItem("read", "hit", 60, 0.05)]),
        new CachePayloadsItem(Refused: 0, Undeserializable: 0),
        new CacheMemoryItem(Entries: 57, Bytes: 214_016));

    public static readonly object[] All =
    [
        new CacheReport(
            Complete: true, Totals,
            [
                new CacheInstanceItem(
                    ContractExamples.Id(5), "api-1", "api", ContractExamples.At(11, 23, 8), ContractExamples.At(11, 23), Self: true, Totals),
            ]),
        new WarmingAccepted(WarmingId),
        new Page<WarmingItem>(
            [
                new WarmingItem(
                    WarmingId, WarmingTrigger.Scrape, WarmingStatus.Completed, Requests: 1, AsOf: null, ContractExamples.At(11, 23),
                    ContractExamples.At(11, 23), ContractExamples.At(11, 23, 9, 1), DurationSeconds: 1.8, Organizations: 120, Warmed: 112, Skipped: 8,
                    Failed: 0, Queries: 5, Error: null),
            ],
            NextCursor: null),
    ];
}
