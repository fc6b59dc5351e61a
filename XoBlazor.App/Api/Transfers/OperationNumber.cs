using System.Globalization;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Api.Transfers;

/// <summary>What a run is called by programs: the number of the audit record of its beginning.</summary>
internal static class OperationNumber
{
    public static string Of(OperationRun run) => run.Number.ToString(CultureInfo.InvariantCulture);
}
