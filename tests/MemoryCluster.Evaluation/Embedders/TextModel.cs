using MemoryCluster.Evaluation.Yardsticks;

namespace MemoryCluster.Evaluation.Embedders;

/// <summary>A name and a way from text to a unit vector.</summary>
internal sealed record TextModel(string Name, Func<string, float[]> Embed)
{
    public static TextModel Of(EmbedderModel model, Func<string, Embedding> embed) => new(model.Id, text => embed(text).Values.ToArray());

    public static TextModel Of(Potion potion) => new("potion-base-2M", potion.Embed);
}
