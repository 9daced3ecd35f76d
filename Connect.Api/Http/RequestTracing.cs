using System.Globalization;
using Connect.Caching.Flow;
using Connect.Caching.Layers;
using Connect.Data.Diagnostics;

namespace Connect.Api.Http;

/// <summary>Headers with a request's cost and the origin of its answer.</summary>
internal static class RequestTracing
{
    public const string CacheHeader = "X-Cache";
    public const string InstanceHeader = "X-Instance";
    public const string TimingHeader = "Server-Timing";

    private const string NoQueries = "db;desc=\"0\";dur=0, generations;desc=\"0\"";

    /// <summary>Traces requests below <c>/api</c> and writes <c>Server-Timing</c>, and in Development <c>X-Instance</c>.</summary>
    public static void UseRequestTracing(this WebApplication app)
    {
        var namesInstance = app.Environment.IsDevelopment();
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/api"))
            {
                var trace = CacheTrace.Begin();
                context.Response.OnStarting(
                    static state =>
                    {
                        var (response, trace, namesInstance) = ((HttpResponse, CacheTrace, bool))state;

                        // Unknown ids and ids of others take different queries: a 404 must not reveal which it was.
                        if (response.StatusCode != StatusCodes.Status404NotFound)
                        {
                            response.Headers[TimingHeader] = Describe(trace);
                        }

                        if (namesInstance)
                        {
                            response.Headers[InstanceHeader] = ProcessIdentity.Name;
                        }

                        return Task.CompletedTask;
                    },
                    (context.Response, trace, namesInstance));
            }

            return next(context);
        });
    }

    /// <summary>Writes <c>X-Cache</c> for the layer that the answer was read from; returns that read.</summary>
    /// <param name="context">The request.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="also">A further layer of the answer, which makes it stale where its value is; null for none.</param>
    public static CacheRead? ReportCache(this HttpContext context, CacheLayer layer, CacheLayer? also = null)
    {
        if (CacheTrace.Current is not { } trace || trace.ReadOf(layer) is not { } read)
        {
            return null;
        }

        if (also is not null && trace.ReadOf(also) is { Outcome: CacheOutcome.Stale })
        {
            read = read with { Outcome = CacheOutcome.Stale };
        }

        context.Response.Headers[CacheHeader] = read.Outcome switch
        {
            CacheOutcome.Memory => "memory",
            CacheOutcome.Redis => "redis",
            CacheOutcome.Miss => "miss",
            _ => "memory; stale",
        };
        return read;
    }

    // A hit uses a constant text, without formatting.
    private static string Describe(CacheTrace trace) => trace is { Queries: 0, GenerationQueries: 0 } ? NoQueries : string.Create(
        CultureInfo.InvariantCulture,
        $"db;desc=\"{trace.Queries}\";dur={trace.QueryTime.TotalMilliseconds:0.##}, generations;desc=\"{trace.GenerationQueries}\"");
}
