using System.Text;

namespace XoBlazor.Simulator.Consoles;

/// <summary>The serial line of a guest (protocol vt100): bytes both ways, each connection with a sign-in of its own.</summary>
internal static class TextConsole
{
    /// <summary>Runs until the client goes.</summary>
    public static async Task RunAsync(GuestScreen guest, Stream stream, TimeProvider time, CancellationToken cancellation)
    {
        var answer = new StringBuilder();
        var shell = new GuestShell(guest.Name, guest.Product, guest.IsWindows, time, text => answer.Append(text));
        shell.Greet();
        var (bytes, characters, decoder) = (new byte[1024], new char[1024], Encoding.UTF8.GetDecoder());
        while (true)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer.Replace("\f", "\u001b[2J\u001b[H").Replace("\n", "\r\n").ToString()), cancellation);
            await stream.FlushAsync(cancellation);
            answer.Clear();
            var read = await stream.ReadAsync(bytes, cancellation);
            if (read == 0) return;
            for (var (index, count) = (0, decoder.GetChars(bytes.AsSpan(0, read), characters, flush: false)); index < count; index++)
                shell.Type(characters[index] == '\u007f' ? '\b' : characters[index]);
        }
    }
}
