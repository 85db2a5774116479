namespace MemoryCluster.Index.Lexical;

/// <summary>
/// Each document's terms in the order of its text: where phrases are looked up, and by which a removal finds its postings.
/// </summary>
/// <remarks>
/// <code>
/// | term, 16 bits | … one per token … | wide term, low and high half | … one per token that has none of its own …
/// </code>
/// A term whose number needs more than 16 bits stands as <see cref="Wide"/> in its place, and whole behind the tokens. Frequent terms are
/// met early and have small numbers, so few are wide; and fixed width lets a phrase be looked up sixteen places at a time.
/// </remarks>
internal sealed class TokenSequences
{
    /// <summary>Stands for a term that is not below.</summary>
    public const ushort Wide = ushort.MaxValue;

    /// <summary>Places behind a sequence that a vector may read.</summary>
    public const int Padding = 16;

    private const int ChunkLength = 1 << 15;

    private readonly List<ushort[]> _chunks = [];
    private ushort[] _pending = new ushort[256];
    private ushort[] _pendingWide = new ushort[16];
    private int _pendingCount;
    private int _pendingWideCount;
    private int _end;

    /// <summary>Adds a term to the sequence that is being read.</summary>
    public void Append(int term)
    {
        if (_pendingCount == _pending.Length)
        {
            Array.Resize(ref _pending, 2 * _pendingCount);
        }

        _pending[_pendingCount++] = (ushort)Math.Min(term, Wide);
        if (term >= Wide)
        {
            AppendWide(term);
        }
    }

    private void AppendWide(int term)
    {
        if (_pendingWideCount == _pendingWide.Length)
        {
            Array.Resize(ref _pendingWide, 2 * _pendingWideCount);
        }

        _pendingWide[_pendingWideCount++] = (ushort)term;
        _pendingWide[_pendingWideCount++] = (ushort)(term >> 16);
    }

    /// <summary>Keeps the sequence that was read and begins another.</summary>
    public TokenSpan Keep()
    {
        var span = Take(_pendingCount + _pendingWideCount) with { Count = _pendingCount };
        if (_pendingCount > 0)
        {
            var target = _chunks[span.Chunk].AsSpan(span.Offset);
            _pending.AsSpan(0, _pendingCount).CopyTo(target);
            _pendingWide.AsSpan(0, _pendingWideCount).CopyTo(target[_pendingCount..]);
        }

        _pendingCount = _pendingWideCount = 0;
        return span;
    }

    /// <summary>The tokens, wide ones as <see cref="Wide"/>, and <see cref="Padding"/> places behind them.</summary>
    public ReadOnlySpan<ushort> Padded(TokenSpan span) => _chunks[span.Chunk].AsSpan(span.Offset, span.Count + Padding);

    /// <summary>The terms of the tokens, in order.</summary>
    public TermReader Read(TokenSpan span) => span.Count == 0 ? default : new TermReader(_chunks[span.Chunk].AsSpan(span.Offset), span.Count);

    // The first chunk grows from small; a sequence longer than a chunk gets one of its own.
    private TokenSpan Take(int length)
    {
        if (_chunks.Count == 0 || _end + length + Padding > _chunks[^1].Length)
        {
            if (_chunks.Count == 1 && _end + length + Padding <= ChunkLength)
            {
                var grown = _chunks[0];
                Array.Resize(ref grown, Math.Min(ChunkLength, 2 * (_end + length + Padding)));
                _chunks[0] = grown;
            }
            else
            {
                _chunks.Add(new ushort[_chunks.Count == 0 ? length + Padding : Math.Max(length + Padding, ChunkLength)]);
                _end = 0;
            }
        }

        var span = new TokenSpan(_chunks.Count - 1, _end, 0);
        _end += length;
        return span;
    }

    /// <summary>Goes over the terms of one sequence.</summary>
    public ref struct TermReader(ReadOnlySpan<ushort> sequence, int count)
    {
        private readonly ReadOnlySpan<ushort> _sequence = sequence;
        private readonly int _count = count;
        private int _position;
        private int _wide = count;

        public int Current { get; private set; }

        public bool MoveNext()
        {
            if (_position == _count)
            {
                return false;
            }

            int term = _sequence[_position++];
            if (term == Wide)
            {
                term = _sequence[_wide] | (_sequence[_wide + 1] << 16);
                _wide += 2;
            }

            Current = term;
            return true;
        }
    }
}

/// <summary>Where a sequence lies and how many tokens it has.</summary>
internal readonly record struct TokenSpan(int Chunk, int Offset, int Count);
