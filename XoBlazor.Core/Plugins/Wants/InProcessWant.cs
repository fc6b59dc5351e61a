using XoBlazor.Core.Operations;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>To be loaded into the server's own process. Nobody writes it: it comes with <c>assembly</c> in the manifest.</summary>
public sealed record InProcessWant : Want
{
    public override string Text => "in-process";

    public override string Words(OperationCatalogue operations) => "run within the server, where it can do all that the server can, whatever else is accepted";
}
