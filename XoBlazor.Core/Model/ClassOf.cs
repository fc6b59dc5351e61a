using System.Runtime.CompilerServices;

namespace XoBlazor.Core.Model;

/// <summary>The XAPI class that a record type stands for.</summary>
internal static class ClassOf<T> where T : XapiObject
{
    public static readonly XapiClass Value = ((XapiObject)RuntimeHelpers.GetUninitializedObject(typeof(T))).Class;
}
