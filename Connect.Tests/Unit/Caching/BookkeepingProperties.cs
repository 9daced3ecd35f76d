using Connect.Caching.Generations;
using Connect.Caching.Naming;
using Connect.Caching.Tiers;
using FsCheck;
using FsCheck.Fluent;

namespace Connect.Tests.Unit.Caching;

/// <summary>
/// The bookkeeping of generations under every order of events: bumps commit, their notifications arrive later and in
/// order, loads read the database at one moment and are applied at another, the bounded map drops cells, names are
/// composed and looked up. What must hold: no name stands that a notification has overruled, and no generation is used
/// that is lower than the one which its own load has read.
/// </summary>
public sealed class BookkeepingProperties
{
    private const int Tags = 4;

    private enum Kind
    {
        Bump,
        Deliver,
        Read,
        Apply,
        Compose,
        Lookup,
        Drop,
    }

    private sealed record Step(Kind Kind, int Tag);

    private static readonly Gen<Step> Steps =
        from kind in Gen.Frequency(
            (4, Gen.Constant(Kind.Bump)), (4, Gen.Constant(Kind.Deliver)), (3, Gen.Constant(Kind.Read)), (3, Gen.Constant(Kind.Apply)),
            (5, Gen.Constant(Kind.Compose)), (6, Gen.Constant(Kind.Lookup)), (1, Gen.Constant(Kind.Drop)))
        from tag in Gen.Choose(0, Tags - 1)
        select new Step(kind, tag);

    [Fact]
    public void No_name_stands_that_a_notification_overruled() =>
        Prop.ForAll(Arb.From(Steps.ListOf()), steps =>
        {
            var world = new World();
            foreach (var step in steps)
            {
                world.Take(step);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(120));

    [Fact]
    public void Breaker_lets_nothing_through_while_it_is_open_but_one_probe()
    {
        var events = Gen.Choose(0, 3).ListOf();
        Prop.ForAll(Arb.From(events), list =>
        {
            var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
            var breaker = new RedisBreaker(2, TimeSpan.FromSeconds(3), time);
            var (failures, open, trial) = (0, false, false);
            var openedAt = time.GetUtcNow();
            foreach (var what in list)
            {
                if (what == 3)
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                    continue;
                }

                var mayEnter = !open || (!trial && time.GetUtcNow() - openedAt >= TimeSpan.FromSeconds(3));
                Assert.Equal(!open, breaker.TryEnter());
                Assert.Equal(mayEnter, breaker.TryProbe());
                if (!mayEnter)
                {
                    continue;
                }

                trial = open;

                switch (what)
                {
                    case 0:
                        breaker.Succeeded();
                        (failures, open, trial) = (0, false, false);
                        break;
                    case 1:
                        breaker.Failed();
                        failures = Math.Min(failures + 1, 2);
                        (open, openedAt, trial) = (failures == 2, time.GetUtcNow(), false);
                        break;
                    default:
                        breaker.Abandoned();
                        trial = false;
                        break;
                }

                Assert.Equal(open, breaker.IsOpen);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithEndSize(60));
    }

    /// <summary>A database, a listener's queue, and one instance's knowledge of both.</summary>
    private sealed class World
    {
        private readonly GenerationSession _session = new(new DatabaseIdentity(1, 1, 1), watermark: 1, maxTags: 4);
        private readonly KeyComposer _composer = new("test", capacity: 8, new([]));
        private readonly long[] _committed = new long[Tags];
        private readonly long[] _delivered = new long[Tags];
        private readonly Queue<(int Tag, long Generation)> _notifications = [];
        private readonly List<(int Tag, TagGeneration Cell, long Generation, TaskCompletionSource Answer, Task Load)> _loads = [];
        private long _clock;

        public void Take(Step step)
        {
            _clock++;
            switch (step.Kind)
            {
                case Kind.Bump:
                    _notifications.Enqueue((step.Tag, ++_committed[step.Tag]));
                    break;
                case Kind.Deliver when _notifications.TryDequeue(out var heard):
                    _session.Apply(Name(heard.Tag), heard.Generation, _clock);
                    _delivered[heard.Tag] = heard.Generation;
                    break;
                case Kind.Read:
                    BeginLoad(step.Tag);
                    break;
                case Kind.Apply when _loads.Count > 0:
                    EndLoad();
                    break;
                case Kind.Compose:
                    Compose(step.Tag);
                    break;
                case Kind.Lookup:
                    Lookup(step.Tag);
                    break;
                case Kind.Drop:
                    // A tag that nobody uses takes the place of others in the map of four.
                    _session.GenerationOf($"other:{_clock}");
                    break;
            }
        }

        private static string Name(int tag) => $"t{tag}";

        // The query sees what is committed now; its answer is applied when the step for it comes.
        private void BeginLoad(int tag)
        {
            var cell = _session.GenerationOf(Name(tag));
            if (cell.IsLoaded || cell.Loading is { IsCompleted: false })
            {
                return;
            }

            var (generation, answer) = (_committed[tag], new TaskCompletionSource());
            var load = _session.EnsureLoadedAsync([Name(tag)], [cell], async _ =>
            {
                await answer.Task;
                return new Dictionary<string, long> { [Name(tag)] = generation };
            });
            _loads.Add((tag, cell, generation, answer, load));
        }

        private void EndLoad()
        {
            var (tag, cell, generation, answer, load) = _loads[0];
            _loads.RemoveAt(0);
            answer.SetResult();
            load.GetAwaiter().GetResult();
            Assert.True(cell.IsLoaded);
            Assert.True(cell.Value >= generation, $"t{tag}: {cell.Value} is less than {generation}, which its load has read");
        }

        private void Compose(int tag)
        {
            var cell = _session.GenerationOf(Name(tag));
            if (cell.IsLoaded)
            {
                _composer.Compose(
                    Key(tag), null, [Name(tag)], _session.Identity, [Name(tag)], [cell.Value], _session, [cell], DateTimeOffset.UnixEpoch);
            }
        }

        private void Lookup(int tag)
        {
            if (_composer.FindCurrent(Key(tag), _session, DateTimeOffset.UnixEpoch) is { } composed)
            {
                Assert.True(
                    composed.Generations[0] >= _delivered[tag],
                    $"t{tag}: a name by {composed.Generations[0]} stands although {_delivered[tag]} was heard of");
            }
        }

        private static string Key(int tag) => $"key:{tag}";
    }
}
