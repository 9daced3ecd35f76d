namespace Connect.Domain.Matching;

/// <summary>The best candidates so far, best first, up to a capacity.</summary>
internal sealed class TopMatches(int capacity)
{
    private MatchCandidate[] _items = new MatchCandidate[Math.Min(capacity, 16)];
    private int _count;

    public ReadOnlySpan<MatchCandidate> Items => _items.AsSpan(0, _count);

    /// <summary>Whether a candidate would get in.</summary>
    public bool Admits(MatchCandidate candidate) => _count < capacity || candidate.CompareTo(_items[_count - 1]) < 0;

    /// <summary>Whether a candidate with this score would get in if it came before all others of equal score.</summary>
    public bool AdmitsScore(int score) => _count < capacity || score >= _items[_count - 1].Score;

    public void Add(MatchCandidate candidate)
    {
        var place = ~_items.AsSpan(0, _count).BinarySearch(candidate);
        if (_count == capacity)
        {
            _count--;
        }
        else if (_count == _items.Length)
        {
            Array.Resize(ref _items, (int)Math.Min(capacity, 2L * _items.Length));
        }

        Array.Copy(_items, place, _items, place + 1, _count - place);
        _items[place] = candidate;
        _count++;
    }
}
