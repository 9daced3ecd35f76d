using Connect.Caching.Generations;
using Connect.Caching.Naming;
using Connect.Testing.Processes;
using FsCheck;
using FsCheck.Fluent;

namespace Connect.Caching.Tests.Generations;

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
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Rounds.Of(3_000)).WithEndSize(120));

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
            if (cell.IsLoaded || _loads.Exists(load => ReferenceEquals(load.Cell, cell)))
            {
                return;
            }

            var (generation, answer) = (_committed[tag], new TaskCompletionSource());
            var load = GenerationSession.EnsureLoadedAsync([Name(tag)], [cell], async _ =>
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
