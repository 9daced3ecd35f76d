using System.Buffers;

namespace Connect.Caching.Tiers;

/// <summary>
/// A growing buffer for one call, with memory from the pool. It is returned only after the call has ended: if the call
/// was abandoned at its time-out, the buffer is left to the garbage collector, because the call may still write into
/// it.
/// </summary>
internal sealed class PrivateBuffer : IBufferWriter<byte>
{
    // Enough for most payloads; larger ones grow from here in a few steps.
    private const int FirstSize = 16 * 1024;

    private byte[] _memory = ArrayPool<byte>.Shared.Rent(FirstSize);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _memory.AsSpan(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _memory.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _memory.AsSpan(Length);
    }

    /// <summary>Returns the memory to the pool. The buffer must not be used afterwards.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(_memory);

    private void MakeRoom(int sizeHint)
    {
        var needed = Length + Math.Max(sizeHint, 1);
        if (needed > _memory.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _memory.Length * 2));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_memory);
            _memory = larger;
        }
    }
}
