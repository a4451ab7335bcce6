"""What the operating system says when it refuses a file, in words for an editor."""

from __future__ import annotations

import errno

from publisher.diagnostics import Words

REASONS = {
    errno.ENOENT: Words("没有这个文件或文件夹", "there is no such file or folder"),
    errno.ENOSPC: Words("磁盘已满", "the disk is full"),
    errno.EDQUOT: Words("磁盘配额已用完", "the disk quota is used up"),
    errno.EFBIG: Words("文件超过允许的大小", "the file is larger than is allowed"),
    errno.EACCES: Words("没有权限", "permission denied"),
    errno.EPERM: Words("没有权限", "permission denied"),
    errno.EROFS: Words("磁盘是只读的", "the disk is read-only"),
    errno.ENOTDIR: Words("路径中有一段是文件", "part of the path is a file"),
    errno.EEXIST: Words("路径中有一段是文件", "part of the path is a file"),
    errno.EISDIR: Words("那里已有同名文件夹", "a folder of that name is there"),
    errno.ENAMETOOLONG: Words("名称太长", "the name is too long"),
    errno.ELOOP: Words("链接绕成了一圈", "links go in a circle"),
    errno.EIO: Words("磁盘读写出错", "the disk does not work as it should"),
    errno.EMFILE: Words("打开的文件太多", "too many files are open"),
    errno.ENOMEM: Words("内存不够", "there is not enough memory"),
}


def reason(error: OSError) -> Words:
    """Why it refused; its own English words only where the case is unusual."""
    said = error.strerror or str(error)
    return REASONS.get(error.errno or 0, Words(f"系统报错（{said}）", said))
