using System.Diagnostics;

namespace MemoryCluster.Index.Lexical;

/// <summary>
/// Terms and their numbers: open addressing with linear probing. Numbers are small and given again after a term is gone, so that
/// what is kept per term lies in arrays.
/// </summary>
internal sealed class TermTable
{
    private const int InitialBuckets = 64;

    private readonly Stack<int> _free = [];
    private Bucket[] _buckets = new Bucket[InitialBuckets];
    private string?[] _terms = new string?[InitialBuckets];
    private int _end;

    /// <summary>Terms held.</summary>
    public int Count => _end - _free.Count;

    /// <summary>All numbers are below.</summary>
    public int End => _end;

    /// <summary>The runtime's keyed hash: nobody can choose words that fall together. It differs from process to process.</summary>
    public static int Hash(ReadOnlySpan<char> term) => string.GetHashCode(term);

    /// <summary>The term of a number; null where none has it.</summary>
    public string? TextOf(int id) => _terms[id];

    /// <summary>The term's number; -1 when it is not held.</summary>
    public int Find(ReadOnlySpan<char> term, int hash)
    {
        var buckets = _buckets;
        var mask = buckets.Length - 1;
        for (var i = hash & mask; ; i = (i + 1) & mask)
        {
            var bucket = buckets[i];
            if (bucket.IsEmpty)
            {
                return -1;
            }

            if (bucket.Hash == hash && term.SequenceEqual(_terms[bucket.Id]))
            {
                return bucket.Id;
            }
        }
    }

    public int FindOrAdd(ReadOnlySpan<char> term, int hash)
    {
        var id = Find(term, hash);
        return id >= 0 ? id : Add(term.ToString(), hash);
    }

    public void Remove(int id)
    {
        var mask = _buckets.Length - 1;
        var hole = Hash(_terms[id]) & mask;
        while (_buckets[hole].IsEmpty || _buckets[hole].Id != id)
        {
            hole = (hole + 1) & mask;
        }

        Close(hole, mask);
        _terms[id] = null;
        _free.Push(id);
    }

    /// <summary>Gives the next number to a term, or leaves it free where the term is empty.</summary>
    public void Restore(int id, string term)
    {
        Debug.Assert(id == _end);
        if (term.Length > 0)
        {
            Hold(TakeEnd(), term, Hash(term));
        }
        else
        {
            _free.Push(TakeEnd());
        }
    }

    private int Add(string term, int hash)
    {
        var id = _free.TryPop(out var free) ? free : TakeEnd();
        Hold(id, term, hash);
        return id;
    }

    private int TakeEnd()
    {
        if (_end == _terms.Length)
        {
            Array.Resize(ref _terms, 2 * _end);
        }

        return _end++;
    }

    private void Hold(int id, string term, int hash)
    {
        _terms[id] = term;
        if (4 * Count > 3 * _buckets.Length)
        {
            Grow();
        }

        Put(new Bucket(hash, id + 1));
    }

    private void Put(Bucket bucket)
    {
        var mask = _buckets.Length - 1;
        var i = bucket.Hash & mask;
        while (!_buckets[i].IsEmpty)
        {
            i = (i + 1) & mask;
        }

        _buckets[i] = bucket;
    }

    private void Grow()
    {
        var old = _buckets;
        _buckets = new Bucket[2 * old.Length];
        foreach (var bucket in old)
        {
            if (!bucket.IsEmpty)
            {
                Put(bucket);
            }
        }
    }

    // Moves back what had passed over the hole, so that no search ends early at it.
    private void Close(int hole, int mask)
    {
        for (var i = (hole + 1) & mask; !_buckets[i].IsEmpty; i = (i + 1) & mask)
        {
            var home = _buckets[i].Hash & mask;
            if (((i - home) & mask) >= ((i - hole) & mask))
            {
                _buckets[hole] = _buckets[i];
                hole = i;
            }
        }

        _buckets[hole] = default;
    }

    private readonly record struct Bucket(int Hash, int Follower)
    {
        public bool IsEmpty => Follower == 0;

        public int Id => Follower - 1;
    }
}
