using System.Runtime.InteropServices;

namespace MemoryCluster.Index.Graph;

/// <summary>
/// Which texts name which things. What a hit names leads to other texts that name it too: the links of a graph that needs no edges of its
/// own, as in HippoRAG (B. Gutiérrez et al., 2024, section 2), with rules in place of a language model.
/// </summary>
/// <remarks>
/// Most things are named once: the first holder lies in the entity's own row and only further ones take an array. Holders are in no
/// order. One writer at a time, no search during a write.
/// </remarks>
public sealed class EntityIndex
{
    /// <summary>Things kept of one text, in the order in which they are met: a bound for long texts, some ten times a chat turn's.</summary>
    public const int EntitiesMax = 64;

    private readonly Dictionary<ulong, int> _numbers = [];
    private readonly Stack<int> _free = [];
    private readonly List<int[]?> _entitiesOf = [];
    private readonly List<int> _titleOf = [];
    private readonly List<Entity> _entities = [];

    /// <summary>Different things named.</summary>
    public int Count => _numbers.Count;

    /// <summary>Notes what a text names.</summary>
    /// <param name="ordinal">The text's number; it must not be held.</param>
    /// <param name="title">Its title, which is named as a whole; empty for none.</param>
    /// <param name="text">The rest of it.</param>
    public void Add(int ordinal, ReadOnlySpan<char> title, ReadOnlySpan<char> text)
    {
        Reserve(ordinal);
        Span<int> found = stackalloc int[EntitiesMax];
        var count = 0;
        _titleOf[ordinal] = EntityReader.OfTitle(title) is not 0 and var hash ? Note(hash, ordinal, found, ref count) : -1;
        var reader = new EntityReader(text);
        while (count < EntitiesMax && reader.MoveNext())
        {
            Note(reader.Current, ordinal, found, ref count);
        }

        _entitiesOf[ordinal] = count == 0 ? null : found[..count].ToArray();
    }

    /// <summary>Forgets a text; nothing happens where there is none.</summary>
    public void Remove(int ordinal)
    {
        foreach (var number in EntitiesOf(ordinal))
        {
            ref var entity = ref Row(number);
            entity.Remove(ordinal);
            if (entity.Count == 0)
            {
                _numbers.Remove(entity.Hash);
                entity = default;
                _free.Push(number);
            }
        }

        if (ordinal < _entitiesOf.Count)
        {
            _entitiesOf[ordinal] = null;
            _titleOf[ordinal] = -1;
        }
    }

    /// <summary>The things that a text names, each once, its title first.</summary>
    public ReadOnlySpan<int> EntitiesOf(int ordinal) => ordinal < _entitiesOf.Count ? _entitiesOf[ordinal] : [];

    /// <summary>The thing that is the text's title; -1 for none.</summary>
    public int TitleOf(int ordinal) => ordinal < _titleOf.Count ? _titleOf[ordinal] : -1;

    /// <summary>How many texts name it.</summary>
    public int HolderCount(int entity) => Row(entity).Count;

    /// <summary>The texts that name it, in no order.</summary>
    public ReadOnlySpan<int> HoldersOf(int entity) => Row(entity).Holders;

    /// <summary>The texts that name the thing of a hash, in no order; none where nothing does.</summary>
    public ReadOnlySpan<int> HoldersOf(ulong hash) => _numbers.TryGetValue(hash, out var number) ? Row(number).Holders : [];

    /// <summary>The hash that a thing is known by, the same for as long as any text names it and in every index.</summary>
    public ulong HashOf(int entity) => Row(entity).Hash;

    private ref Entity Row(int number) => ref CollectionsMarshal.AsSpan(_entities)[number];

    private void Reserve(int ordinal)
    {
        while (_entitiesOf.Count <= ordinal)
        {
            _entitiesOf.Add(null);
            _titleOf.Add(-1);
        }
    }

    private int Note(ulong hash, int ordinal, Span<int> found, ref int count)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, hash, out var known);
        if (!known)
        {
            number = Take(hash);
        }

        if (!found[..count].Contains(number))
        {
            found[count++] = number;
            Row(number).Add(ordinal);
        }

        return number;
    }

    private int Take(ulong hash)
    {
        if (!_free.TryPop(out var number))
        {
            number = _entities.Count;
            _entities.Add(default);
        }

        Row(number).Hash = hash;
        return number;
    }

    private struct Entity
    {
        private int _first;
        private int[]? _all;

        public ulong Hash { get; set; }

        public int Count { get; private set; }

        [System.Diagnostics.CodeAnalysis.UnscopedRef]
        public readonly ReadOnlySpan<int> Holders => _all is null ? MemoryMarshal.CreateReadOnlySpan(in _first, Count) : _all.AsSpan(0, Count);

        public void Add(int ordinal)
        {
            if (Count == 0)
            {
                _first = ordinal;
            }
            else if (_all is null)
            {
                _all = [_first, ordinal, 0, 0];
            }
            else
            {
                if (Count == _all.Length)
                {
                    Array.Resize(ref _all, 2 * Count);
                }

                _all[Count] = ordinal;
            }

            Count++;
        }

        public void Remove(int ordinal)
        {
            Count--;
            if (_all is not null)
            {
                var at = Array.IndexOf(_all, ordinal, 0, Count + 1);
                _all[at] = _all[Count];
            }
        }
    }
}
