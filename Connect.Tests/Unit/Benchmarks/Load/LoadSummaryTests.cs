using Connect.Benchmarks.Load.Profiles;
using Connect.Benchmarks.Load.Running;

namespace Connect.Tests.Unit.Benchmarks.Load;

/// <summary>The summary of many requests.</summary>
public sealed class LoadSummaryTests
{
    private static readonly LoadSummary Summary = new(
    [
        .. Enumerable.Range(1, 95).Select(time => new LoadSample(LoadAction.Matches, time, IsPeak: time > 90, IsRight: true, 200, "memory")),
        new(LoadAction.Matches, 200, IsPeak: true, IsRight: true, 304, "redis"),
        new(LoadAction.Generate, 201, IsPeak: true, IsRight: true, 200, "miss"),
        new(LoadAction.Generate, 202, IsPeak: false, IsRight: true, 200, "memory; stale"),
        new(LoadAction.Stored, 203, IsPeak: false, IsRight: false, 429, null),
        new(LoadAction.Stored, 30_000, IsPeak: false, IsRight: false, 0, null),
    ]);

    [Fact]
    public void Everything_is_counted_where_it_belongs()
    {
        Assert.Equal((100, 2, 1, 1), (Summary.Requests, Summary.Errors, Summary.NotModified, Summary.MarkedStale));
        Assert.Equal((96, 1, 1), (Summary.From("memory"), Summary.From("redis"), Summary.From("miss")));
        Assert.Equal([(LoadAction.Matches, 96), (LoadAction.Generate, 2), (LoadAction.Stored, 2)], Summary.ByAction.Select(part => (part.Action, part.Summary.Requests)));
    }

    [Fact]
    public void Times_of_wrong_answers_count_too()
    {
        Assert.Equal(95, Summary.Percentile(95));
        Assert.Equal(30_000, Summary.Percentile(100));
    }

    [Fact]
    public void Peak_is_counted_apart()
    {
        Assert.Equal(7, Summary.AtPeak().Requests);
        Assert.Equal(201, Summary.AtPeak().Percentile(100));
    }
}
