using System.Text.Json;

namespace XoBlazor.Plugins;

/// <summary>How an operation ended.</summary>
/// <param name="Request">What it was.</param>
/// <param name="End"><c>succeeded</c>, <c>failed</c>, <c>cancelled</c> or <c>unknown</c>.</param>
/// <param name="Message">The same in words.</param>
/// <param name="Missed">How many before it were passed over, because the plugin was too slow.</param>
public sealed record OperationOutcome(OperationRequest Request, string End, string Message, int Missed)
{
    internal static OperationOutcome Of(JsonElement message) => new(
        OperationRequest.Of(message), message.GetProperty("end").GetString()!, message.GetProperty("message").GetString()!, message.GetProperty("missed").GetInt32());
}
