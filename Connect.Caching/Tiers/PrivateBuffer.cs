using System.Buffers;

namespace Connect.Caching.Tiers;

/// <summary>
/// A growing buffer of one call's own, on memory from the pool. It is given back only when nobody can write into it
/// any more: what was left to a call that nobody waits for belongs to that call, and then to the collector.
/// </summary>
internal sealed class PrivateBuffer : IBufferWriter<byte>
{
    // Most payloads are one ranking; the list of calls grows from here in a few steps.
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

    /// <summary>Gives the memory back. Nothing may touch this buffer afterwards.</summary>
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
