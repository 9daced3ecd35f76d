using System.Collections.Immutable;
using Connect.Caching.Diagnostics;
using Connect.Data.Model;
using Connect.Data.Operations;
using Connect.Operations.Numbers;

namespace Connect.Tests.Unit.Operations;

public sealed class BoardNumbersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 9, 30, 20, TimeSpan.Zero);

    [Fact]
    public void Nothing_is_claimed_where_nothing_was_counted()
    {
        var numbers = BoardNumbers.Of(View([]));

        Assert.Null(numbers.Hour.HitRatio);
        Assert.Null(numbers.Hour.HitSeconds);
        Assert.Null(numbers.Hour.ComputeSeconds);
        Assert.Null(numbers.LagP50);
        Assert.Null(numbers.Verified);
        Assert.Null(numbers.BreakerOpen);
        Assert.Empty(numbers.Layers);
    }

    [Fact]
    public void Last_good_answers_are_no_hits()
    {
        var numbers = BoardNumbers.Of(View([Minute(0, "matches", memory: 6, redis: 1, miss: 2, stale: 1)]));

        Assert.Equal(10, numbers.Hour.Requests);
        Assert.Equal(0.7, numbers.Hour.HitRatio);
        Assert.Equal(0.6, numbers.Hour.ShareOf(numbers.Hour.Memory));
    }

    [Fact]
    public void Hits_saved_what_computations_of_their_layer_take()
    {
        var numbers = BoardNumbers.Of(View(
        [
            Minute(0, "matches", memory: 90, miss: 10, computations: 10, queries: 30),
            Minute(0, "members", memory: 40, redis: 10, miss: 5, computations: 5, queries: 5),
        ]));

        Assert.Equal([270, 50], numbers.Layers.Select(layer => layer.QueriesSaved));
        Assert.Equal(320, numbers.Hour.QueriesSaved);
    }

    [Fact]
    public void What_a_computation_takes_is_known_from_before_where_the_hour_saw_none()
    {
        var known = BoardNumbers.Of(View(
            [Minute(0, "matches", memory: 10)], new LayerSnapshot("matches", 10, 0, 4, 0, 4, 0, 0.2, Queries: 8, TimedHits: 2, TimedHitSeconds: 0.001)));
        var unknown = BoardNumbers.Of(View([Minute(0, "matches", memory: 10)]));

        Assert.Equal(20, known.Hour.QueriesSaved);
        Assert.Equal((0.05, 0.0005), (known.Layers[0].ComputeSeconds, known.Layers[0].HitSeconds));
        Assert.Equal(100, known.Layers[0].Speedup!.Value, 6);
        Assert.Null(unknown.Hour.QueriesSaved);
    }

    [Fact]
    public void Chart_has_every_minute_of_the_hour_and_ends_with_the_present_one()
    {
        ImmutableArray<CacheMinute> history = [Minute(-70, "matches", memory: 99), Minute(-1, "matches", memory: 3), Minute(-1, "members", redis: 2), Minute(0, "matches", miss: 1)];

        var all = HourChart.Of(history, Now, layer: null);
        var one = HourChart.Of(history, Now, "members");

        Assert.Equal(HourChart.Length, all.Length);
        Assert.Equal((Now.AddSeconds(-20), 1L), (all[^1].Minute, all[^1].Miss));
        Assert.Equal((3, 2, 5), (all[^2].Memory, all[^2].Redis, all[^2].Requests));
        Assert.Equal(6, all.Sum(minute => minute.Requests));
        Assert.Equal(2, one.Sum(minute => minute.Requests));
    }

    private static OperationsView View(ImmutableArray<CacheMinute> history, params ImmutableArray<LayerSnapshot> layers) => new(
        Now, IsComplete: true, Instances: [], new CacheSnapshot(layers, [], null, null, 0, 0, null), history, Evictions: [], Scrapes: [], Changes: [],
        Warmings: [],
        Conflicts: [],
        Unsure: [],
        Pages: [],
        Boards: []);

    private static CacheMinute Minute(
        int minutes, string layer, long memory = 0, long redis = 0, long miss = 0, long stale = 0, long computations = 0, long queries = 0) => new()
        {
            Minute = Now.AddSeconds(-20).AddMinutes(minutes),
            Layer = layer,
            Memory = memory,
            Redis = redis,
            Miss = miss,
            Stale = stale,
            Computations = computations,
            Queries = queries,
        };
}
