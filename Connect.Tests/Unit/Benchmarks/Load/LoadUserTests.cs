using System.Collections.Immutable;
using Connect.Benchmarks.Load.Asking;
using Connect.Benchmarks.Load.Profiles;

namespace Connect.Tests.Unit.Benchmarks.Load;

/// <summary>A user's next request, which depends on earlier answers.</summary>
public sealed class LoadUserTests
{
    private static readonly Guid Own = Guid.Parse("0198c0de-0000-7000-8000-000000000001");
    private static readonly Guid Program = Guid.Parse("0198c0de-0000-7000-8000-000000000002");

    [Theory]
    [InlineData(nameof(LoadAction.Program), nameof(LoadAction.Programs))]
    [InlineData(nameof(LoadAction.Explanation), nameof(LoadAction.Generate))]
    [InlineData(nameof(LoadAction.Mark), nameof(LoadAction.Stored))]
    public void List_comes_before_one_of_it(string wanted, string first)
    {
        var user = User(Enum.Parse<LoadAction>(wanted));
        var list = user.Next();
        Assert.Equal((first, Own), (list.Action.ToString(), list.Subject));

        user.Learn(list, Answer(), new(null, [Program]));

        var one = user.Next();
        Assert.Equal((wanted, Program), (one.Action.ToString(), one.Subject));
        Assert.Contains(Program.ToString(), one.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Tag_is_sent_until_the_answer_has_another_or_none()
    {
        var user = User(LoadAction.Matches);
        var first = user.Next();
        Assert.Null(first.KnownTag);

        user.Learn(first, Answer("\"a\""), LoadFinding.Nothing);
        Assert.Equal("\"a\"", user.Next().KnownTag);
        user.Learn(user.Next(), new LoadAnswer(304, default), LoadFinding.Nothing);
        Assert.Equal("\"a\"", user.Next().KnownTag);
        user.Learn(user.Next(), Answer(), LoadFinding.Nothing);
        Assert.Null(user.Next().KnownTag);
    }

    [Fact]
    public void Own_change_overrules_the_answer_until_a_new_one_comes()
    {
        var user = User(LoadAction.Matches);
        user.Learn(user.Next(), Answer("\"a\""), LoadFinding.Nothing);
        Assert.False(user.Next().IsOverruled);

        user.Learn(new LoadAsk(LoadAction.Profile, "/", Own) { Patch = "{}" }, Answer(), LoadFinding.Nothing);
        Assert.True(user.Next() is { KnownTag: "\"a\"", IsOverruled: true });

        user.Learn(user.Next(), Answer("\"b\""), LoadFinding.Nothing);
        Assert.True(user.Next() is { KnownTag: "\"b\"", IsOverruled: false });
    }

    [Fact]
    public void Changed_profile_is_another_one_each_time()
    {
        var user = User(LoadAction.Profile);
        var patches = Enumerable.Range(0, 100).Select(_ => user.Next().Patch!).ToImmutableArray();

        Assert.All(patches.Zip(patches.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.All(patches, patch => Assert.Matches("^{ \"technologyReadinessLevel\": [1-9] }$", patch));
    }

    [Theory]
    [InlineData(nameof(LoadAction.Matches), "GET")]
    [InlineData(nameof(LoadAction.Generate), "POST")]
    [InlineData(nameof(LoadAction.Profile), "PATCH")]
    public void Request_has_the_routes_method(string action, string method) =>
        Assert.Equal(method, User(Enum.Parse<LoadAction>(action)).Next().Method.Method);

    [Fact]
    public void Same_seed_asks_the_same()
    {
        string[] Paths() => [.. Enumerable.Repeat(new LoadUser(Own, LoadProfiles.All[0].Personas[0], new Random(7)), 50).Select(user => user.Next().Path)];

        Assert.Equal(Paths(), Paths());
        Assert.True(Paths().Distinct().Count() > 3);
    }

    private static LoadUser User(LoadAction action) => new(Own, new Persona("test", 1, [(action, 1)]), new Random(1));

    private static LoadAnswer Answer(string? tag = null) => new(200, default) { Tag = tag };
}
