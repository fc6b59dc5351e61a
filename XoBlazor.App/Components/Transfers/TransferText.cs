using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Transfers;

namespace XoBlazor.App.Components.Transfers;

/// <summary>How far a transfer is, for people.</summary>
internal static class TransferText
{
    /// <summary>Such as <c>1.2 GiB of 4 GiB · 85 MiB/s · 33 s left</c>.</summary>
    public static string Of(TransferPace pace) => string.Join(" · ", new[] { Amount(pace), Rate(pace), Left(pace) }.Where(part => part.Length > 0));

    public static string Amount(TransferPace pace) => pace.Length is { } length ? $"{Format.Bytes(pace.Bytes)} of {Format.Bytes(length)}" : Format.Bytes(pace.Bytes);

    public static string Rate(TransferPace pace) => pace.Rate is { } rate ? rate < 1 ? "standing still" : $"{Format.Bytes((long)rate)}/s" : "";

    public static string Left(TransferPace pace) => pace.Left is { } left ? $"{Format.Duration(left)} left" : "";
}
