using Microsoft.Extensions.Options;

namespace MemoryCluster.Embedders;

/// <summary>Checks the attributes of the options and of the options inside them; written by the compiler.</summary>
[OptionsValidator]
internal sealed partial class EmbeddingOptionsValidator : IValidateOptions<EmbeddingOptions>;
