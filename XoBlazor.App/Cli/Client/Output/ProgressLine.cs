using XoBlazor.App.Hosting;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Transfers;

namespace XoBlazor.App.Cli.Client.Output;

/// <summary>A bar on the last line of a terminal, while something goes on. Nothing where standard error is no terminal. Disposing takes it away.</summary>
internal sealed class ProgressLine(Terminal terminal) : IDisposable
{
    private const int BarLetters = 24;
    private const string Clear = "\r\u001b[K";

    private bool _isShown;

    /// <param name="share">0 to 1.</param>
    public void Show(string what, double share)
    {
        if (!terminal.IsErrorSeen)
            return;
        var done = (int)Math.Round(Math.Clamp(share, 0, 1) * BarLetters);
        Write(what, $" [{new string('#', done)}{new string('.', BarLetters - done)}] {share * 100,3:0} %");
    }

    /// <summary>The same for bytes that pass.</summary>
    public void Show(string what, TransferPace pace)
    {
        var figures = $"{SizeText.Write(pace.Bytes)}{(pace.Rate is { } rate ? $", {SizeText.Write((long)rate)}/s" : "")}{(pace.Left is { } left ? $", {left:h\\:mm\\:ss} left" : "")}";
        if (pace.Share is { } share)
            Show($"{what} {figures}", share);
        else if (terminal.IsErrorSeen)
            Write(what, $" {figures}");
    }

    private void Write(string what, string bar)
    {
        var room = Math.Max(8, terminal.Width - bar.Length - 1);
        terminal.Error.Write($"{Clear}{(what.Length <= room ? what : what[..(room - 1)] + "…")}{bar}");
        terminal.Error.Flush();
        _isShown = true;
    }

    public void Dispose()
    {
        if (!_isShown)
            return;
        terminal.Error.Write(Clear);
        terminal.Error.Flush();
        _isShown = false;
    }
}
