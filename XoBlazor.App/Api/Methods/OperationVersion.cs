using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Api.Methods;

/// <summary>A text that is another one when the operations are, or anything that is told of them. Safe from any thread.</summary>
internal sealed class OperationVersion(OperationCatalogue catalogue)
{
    private volatile Told? _told;

    public string Text
    {
        get
        {
            var all = catalogue.All;
            if (_told is not { } known || known.Of != all)
                _told = known = new(all, Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(OperationDescriptions.Of(all))))[..16]);
            return known.Text;
        }
    }

    private sealed record Told(ImmutableArray<Operation> Of, string Text);
}
