using System.Diagnostics;
using Connect.Core.Data;
using Connect.Core.Diagnostics;

namespace Connect.Core.Caching;

/// <content>How values are computed.</content>
internal sealed partial class GenerationalHybridCache
{
    /// <summary>
    /// A factory with what it needs to run anywhere: HybridCache may run it on a thread where nothing flows.
    /// </summary>
    private readonly struct FactoryCall<TState, T>(
        GenerationalHybridCache owner, ComposedKey key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory,
        CacheAmbient? caller)
    {
        public static readonly Func<FactoryCall<TState, T>, CancellationToken, ValueTask<T>> Run =
            static (call, cancellationToken) => call.RunAsync(cancellationToken);

        private readonly Activity? _parent = Activity.Current;

        private async ValueTask<T> RunAsync(CancellationToken cancellationToken)
        {
            var flight = key.BeginFlight();
            flight.Found(CacheOutcome.Miss);
            var computation = new CacheComputation(key.Counters, key.Numbers, caller?.AsOf, caller?.Computation);
            CacheAmbient.Current = new CacheAmbient(caller?.Trace, computation, IsInTransaction: false);
            using var activity = ConnectTelemetry.Source.StartActivity(
                ConnectTelemetry.Activities.CacheCompute, ActivityKind.Internal, _parent?.Context ?? default);
            activity?.SetTag(ConnectTelemetry.Attributes.CacheLayer, key.Layer.Name);
            var startedAt = owner.Started();
            Exception? error = null;
            try
            {
                return await AttemptAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception)
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

        private async ValueTask<T> AttemptAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await factory(state, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (TruthFailures.IsBrokenConnection(exception) && !cancellationToken.IsCancellationRequested)
            {
                // It read through a connection that had died in the pool. What it stores it can store again.
                owner.ForgetConnections();
                return await factory(state, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void ForgetConnections() => truth.Clear();

    private long Started() => time.GetTimestamp();

    private void Computed(CacheLayer layer, long startedAt, int queries, Exception? error) =>
        metrics.Computed(layer, time.GetElapsedTime(startedAt), queries, error);
}
