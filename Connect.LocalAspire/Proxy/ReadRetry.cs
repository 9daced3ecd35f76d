using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Connect.LocalAspire.Proxy;

/// <summary>
/// Gives a read to another replica when the first one died under it, before anything of the answer was
/// sent on. Writes are not repeated: whether they were carried out is not known.
/// </summary>
internal static class ReadRetry
{
    public static void UseReadRetry(this IReverseProxyApplicationBuilder pipeline) => pipeline.Use(async (context, next) =>
    {
        await next(context).ConfigureAwait(false);
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var proxy = context.GetReverseProxyFeature();
        var others = proxy.AllDestinations.Where(destination => destination != proxy.ProxiedDestination).ToList();
        if (context.GetForwarderErrorFeature()?.Error == ForwarderError.Request
            && !context.Response.HasStarted
            && !context.RequestAborted.IsCancellationRequested
            && others.Count > 0)
        {
            context.Features.Set<IForwarderErrorFeature>(null);
            context.Response.Clear();
            proxy.AvailableDestinations = others;
            await next(context).ConfigureAwait(false);
        }
    });
}
