using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Connect.Tests.Functional.Boards;

/// <summary>The requests to the boards, in order, with the host of each.</summary>
internal sealed class RequestLog : IStartupFilter
{
    // KIMST's rows lead to IRIS, so a request for one of these tells neither which board was read nor by whom.
    private const string SharedPage = "/iris/contents/retrieveBsnsAncmView.do";

    private readonly ConcurrentQueue<(string Path, string Host)> _requests = new();

    /// <summary>Requests to boards so far.</summary>
    public int Count => _requests.Count;

    /// <summary>Stretches of requests by one worker, by board; 1 for a board that only one worker has asked.</summary>
    public IReadOnlyDictionary<string, int> CountTurns() =>
        _requests.Where(request => request.Path != SharedPage)
            .GroupBy(request => request.Path[1..request.Path.IndexOf('/', 1)], request => request.Host)
            .ToDictionary(board => board.Key.ToUpperInvariant(), board => Turns([.. board]), StringComparer.Ordinal);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((HttpContext context, RequestDelegate following) =>
        {
            var path = context.Request.Path.Value!;
            if (!path.StartsWith("/_", StringComparison.Ordinal) && path.IndexOf('/', 1) > 0)
            {
                _requests.Enqueue((path, context.Request.Host.Host));
            }

            return following(context);
        });
        next(app);
    };

    private static int Turns(string[] hosts) => 1 + hosts.Zip(hosts.Skip(1)).Count(pair => pair.First != pair.Second);
}
