namespace XoBlazor.Core.Plugins.BuiltIn.Syslog;

/// <summary>A collector does not take what is sent to it. The message is for people.</summary>
internal sealed class SyslogException(string message) : Exception(message);
