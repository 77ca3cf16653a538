import type { Plugin } from 'vite';
import type { Lesson } from '../www/lessons/lesson';

export function readLesson(source: string, file: string): Lesson;
export function lessonOf(file: string): Lesson;
export function lessons(): Plugin;
