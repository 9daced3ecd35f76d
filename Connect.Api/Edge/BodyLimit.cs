using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Connect.Api.Edge;

/// <summary>
/// Refuses bodies that are too large, and reads what is still on its way. The server's own limit closes the connection
/// instead: a client that writes the whole body before it reads, as many clients and proxies do, sees a broken connection and no
/// answer (https://github.com/dotnet/aspnetcore/issues/23840).
/// </summary>
internal static class BodyLimit
{
    /// <summary>Most bytes of a refused body that are read and discarded; the server allows five seconds for it.</summary>
    public const int MostRead = 16 << 20;

    /// <summary>Adds the limit to requests that may have a body.</summary>
    public static void UseBodyLimit(this WebApplication app)
    {
        var limit = app.Services.GetRequiredService<IOptions<EdgeOptions>>().Value.MaxRequestBodyBytes;
        app.Use((context, next) =>
        {
            var request = context.Request;
            if (request.ContentLength > limit)
            {
                throw TooLarge(limit);
            }

            // Also where the length is known: the framework reads JSON from the server's own pipe, and leaves that read under way
            // when the client goes away, which ends the connection by an error ("Reading is already in progress"). A stream's read
            // is completed in every case.
            if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
            {
                request.Body = new LimitedBody(request.Body, limit);
            }

            return next(context);
        });
    }

    private static BadHttpRequestException TooLarge(int limit) =>
        new($"The body has more than {limit} bytes.", StatusCodes.Status413PayloadTooLarge);

    /// <summary>A body, up to the limit.</summary>
    private sealed class LimitedBody(Stream body, int limit) : Stream
    {
        private int _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await body.ReadAsync(buffer, cancellationToken));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => Count(body.Read(buffer, offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Count(int read)
        {
            _read += read;
            return _read <= limit ? read : throw TooLarge(limit);
        }
    }
}
