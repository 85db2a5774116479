using MemoryCluster.Records;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Shards;

/// <summary>Moves vectors to the model in use: says whose come next, and writes the new ones. What is left after a crash is seen at opening.</summary>
internal sealed class EmbedWork(ShardState state)
{
    private int _next;

    /// <summary>Some memories whose vector is of another model, or that have none, with their texts.</summary>
    public ImmutableArray<UnembeddedText> Next(int max)
    {
        var texts = ImmutableArray.CreateBuilder<UnembeddedText>();
        for (var looked = 0; looked < state.OrdinalsEnd && texts.Count < max && texts.Count < state.Unembedded; looked++)
        {
            // In a circle: what was passed over, because it changed meanwhile, comes round again.
            _next = (_next + 1) % state.OrdinalsEnd;
            if (state.At(_next) is { } entry && !state.Spaces.Own.Contains(_next))
            {
                texts.Add(new UnembeddedText(entry.Record.Id, entry.Record.Text));
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>Writes vectors beside the records they are of, which stay as they are; a text that has changed keeps its own. Returns how many were written.</summary>
    public Step<int> Embed(ImmutableArray<UnembeddedText> texts, IReadOnlyList<Embedding> vectors, PendingBatch batch)
    {
        if (texts.Any(text => batch.Touches(text.Id.Value)))
        {
            return new Step<int>.Wait();
        }

        var moved = texts.Select((text, i) => (Entry: state.Find(text.Id), text.Text, Vector: vectors[i]))
            .Where(move => move.Entry is { } entry && entry.Record.Text == move.Text && !state.Spaces.Own.Contains(entry.Ordinal) && state.IsOwn(move.Vector))
            .ToArray();
        if (moved.Length == 0)
        {
            return new Step<int>.Answer(0);
        }

        var writes = moved.Select(move => RecordWrite.Put(RecordCodec.KeyOf(move.Entry!.Record.Id), RecordCodec.Encode(move.Entry.Record, move.Vector)));
        var mutation = new ShardMutation { Seq = batch.NextSeq, At = batch.At, Writes = [.. writes] };
        return new Step<int>.Write([mutation], () => Array.ForEach(moved, move => state.Embed(move.Entry!, move.Vector)), moved.Length);
    }
}
