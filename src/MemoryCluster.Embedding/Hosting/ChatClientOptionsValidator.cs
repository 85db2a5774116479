using Microsoft.Extensions.Options;

namespace MemoryCluster.Embedders;

/// <summary>Checks the attributes of the options; written by the compiler.</summary>
[OptionsValidator]
internal sealed partial class ChatClientOptionsValidator : IValidateOptions<ChatClientOptions>;
