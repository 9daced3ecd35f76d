using System.Diagnostics;
using System.Runtime.CompilerServices;
using Connect.Caching.Diagnostics;
using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Caching.Naming;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching;

/// <content>How values are computed.</content>
internal sealed partial class GenerationalHybridCache
{
    private static readonly HybridCacheEntryOptions MemoryAlone =
        new() { Flags = HybridCacheEntryFlags.DisableDistributedCache | HybridCacheEntryFlags.DisableLocalCacheWrite };

    /// <summary>
    /// A factory with its state: HybridCache may run it outside of the caller's asynchronous flow.
    /// </summary>
    private readonly struct FactoryCall<TState, T>(
        GenerationalHybridCache owner, ComposedKey key, in CachedRead<TState, T> read)
    {
        public static readonly Func<FactoryCall<TState, T>, CancellationToken, ValueTask<T>> Run =
            static (call, cancellationToken) => call.RunAsync(cancellationToken);

        /// <summary>The same as the inner cache's factory.</summary>
        public static readonly Func<FactoryCall<TState, T>, CancellationToken, ValueTask<T>> RunUnlessLeft =
            static (call, cancellationToken) => call.RunUnlessLeftAsync(cancellationToken);

        private readonly CachedRead<TState, T> _read = read;
        private readonly Activity? _parent = Activity.Current;

        private async ValueTask<T> RunAsync(CancellationToken cancellationToken)
        {
            var startedAt = owner.Started();
            if (IsAbsent(key, startedAt))
            {
                // Another computation found that there is none, after this read had asked for that.
                throw new UnstoredAnswerException<T>(key, default!);
            }

            var flight = key.BeginFlight();
            flight.Found(CacheOutcome.Miss);
            var caller = _read.Ambient;
            var computation = new CacheComputation(key.Rows, key.Generations, caller?.AsOf, caller?.Computation);
            CacheAmbient.Current = new CacheAmbient(caller?.Trace, computation, IsInTransaction: false);
            using var activity = CacheTelemetry.Source.StartActivity(
                CacheTelemetry.ComputeActivity, ActivityKind.Internal, _parent?.Context ?? default);
            activity?.SetTag(CacheTelemetry.LayerAttribute, key.Layer.Name);
            Exception? error = null;
            try
            {
                var value = await AttemptAsync(cancellationToken).ConfigureAwait(false);

                // Thrown, because the inner cache stores every value that a factory returns.
                return (value is null && owner.RememberAbsence(key)) || !computation.IsStored
                    ? throw new UnstoredAnswerException<T>(key, value)
                    : value;
            }
            catch (Exception exception) when (exception is not UnstoredAnswerException<T>)
            {
                error = exception;
                throw;
            }
            finally
            {
                flight.Complete();
                owner.Computed(key.Layer, startedAt, computation.Queries, error);
            }
        }

        // The inner cache looks into memory first, and then for a computation to join. One that ended between the two has left its value in
        // memory alone, because it is written to Redis last.
        private async ValueTask<T> RunUnlessLeftAsync(CancellationToken cancellationToken)
        {
            if (ReadsMemory(_read.Options) && owner.Holds(key))
            {
                var isGone = new StrongBox<bool>();
                var left = await owner.FindInMemoryAsync<T>(key, isGone, cancellationToken).ConfigureAwait(false);
                if (!isGone.Value)
                {
                    var flight = key.BeginFlight();
                    flight.Found(CacheOutcome.Memory);
                    flight.Complete();
                    return left;
                }
            }

            return await RunAsync(cancellationToken).ConfigureAwait(false);
        }

        private async ValueTask<T> AttemptAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await _read.Factory(_read.State, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (PrimaryDatabase.IsBrokenConnection(exception) && !cancellationToken.IsCancellationRequested)
            {
                // The factory used a connection of the pool that had died. Factories that write must bear a second run.
                owner.ForgetConnections();
                return await _read.Factory(_read.State, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private bool Holds(ComposedKey key) => tiers.Holds(key.Physical);

    private ValueTask<T> FindInMemoryAsync<T>(ComposedKey key, StrongBox<bool> isGone, CancellationToken cancellationToken) => inner.GetOrCreateAsync(
        key.Physical, isGone,
        static (isGone, _) =>
        {
            isGone.Value = true;
            return new ValueTask<T>(default(T)!);
        },
        MemoryAlone, tags: null, cancellationToken);

    // False where the layer keeps a null like any value.
    private bool RememberAbsence(ComposedKey key)
    {
        if (key.Layer.NotFoundFor is not { } lasts)
        {
            return false;
        }

        key.AbsentUntil = time.GetTimestamp() + (long)(lasts.TotalSeconds * time.TimestampFrequency);
        return true;
    }

    private void ForgetConnections() => database.Clear();

    private long Started() => time.GetTimestamp();

    private void Computed(CacheLayer layer, long startedAt, int queries, Exception? error) =>
        metrics.Computed(layer, time.GetElapsedTime(startedAt), queries, error);
}

/// <summary>
/// An answer that the inner cache must not store: a null of a layer with <see cref="CacheLayer.NotFoundFor"/>, or a
/// value with <see cref="CacheComputation.DoNotStore"/>. Callers that joined the computation get it too.
/// </summary>
internal sealed class UnstoredAnswerException<T>(ComposedKey key, T value) : Exception("An answer that is not stored.")
{
    /// <summary>The key of the answer: it may come from another read in the factory.</summary>
    public ComposedKey Key => key;

    public T Value => value;
}
