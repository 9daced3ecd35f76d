using Connect.Caching.Flow;

namespace Connect.Caching.Tests;

/// <summary>Generations of data that was loaded ahead, compared with those of a computation.</summary>
public sealed class CachePreloadingTests
{
    private static readonly Dictionary<string, long> Loaded = Of(("a", 1), ("b", 2), ("*", 3));

    [Fact]
    public void Computation_may_use_data_of_its_own_generations_only()
    {
        var computation = new CacheComputation(["a", "b", "#*"], [1, 2, 3], asOf: null);

        Assert.True(computation.IsNamedBy(Loaded, "a", "b"));
        Assert.True(computation.IsNamedBy(Of(("a", 1), ("b", 9), ("*", 3)), "a"));
        Assert.False(computation.IsNamedBy(Of(("a", 1), ("b", 9), ("*", 3)), "a", "b"));
        Assert.False(computation.IsNamedBy(Of(("a", 1), ("*", 2)), "a"));
        Assert.Throws<ArgumentException>(() => computation.IsNamedBy(Loaded, "c"));
        Assert.Throws<KeyNotFoundException>(() => computation.IsNamedBy(Of(("*", 3)), "a"));
    }

    [Fact]
    public void Queries_of_a_computation_count_for_those_that_wait_for_it()
    {
        var outer = new CacheComputation([], [], asOf: null);
        var inner = new CacheComputation([], [], asOf: null, outer);

        inner.AddQuery();
        outer.AddQuery();

        Assert.Equal((1, 2), (inner.Queries, outer.Queries));
    }

    private static Dictionary<string, long> Of(params (string Tag, long Generation)[] tags) =>
        tags.ToDictionary(tag => tag.Tag, tag => tag.Generation);
}
