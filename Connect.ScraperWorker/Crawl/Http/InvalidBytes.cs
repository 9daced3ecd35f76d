using System.Text;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>
/// Counts the bytes that a charset cannot decode, and makes replacement characters of them. A lead byte whose second byte is ASCII
/// loses only itself: where a server cut a title in the middle of a character, the markup behind it stays.
/// </summary>
internal sealed class InvalidBytes : DecoderFallback
{
    /// <summary>Places that could not be decoded.</summary>
    public int Count { get; private set; }

    public override int MaxCharCount => 2;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(this);

    private sealed class Buffer(InvalidBytes owner) : DecoderFallbackBuffer
    {
        private string _text = "";
        private int _next;

        public override int Remaining => _text.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            owner.Count++;
            _text = bytesUnknown is [_, < 0x80 and var ascii] ? $"\uFFFD{(char)ascii}" : "\uFFFD";
            _next = 0;
            return true;
        }

        public override char GetNextChar() => _next < _text.Length ? _text[_next++] : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0)
            {
                return false;
            }

            _next--;
            return true;
        }

        public override void Reset() => (_text, _next) = ("", 0);
    }
}
