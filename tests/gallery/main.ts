import { mount } from 'svelte';
import '../../www/theme/theme.css';
import { chosen, open, speak } from '../../www/i18n';
import recorded from './recorded.json?raw';
import { decode } from './codec';
import Gallery from './Gallery.svelte';
import type { Recording } from './recording';

const target = document.getElementById('app');
await speak(chosen(location.search, navigator.languages));
await open('views');
if (target) mount(Gallery, { target, props: { recording: decode<Recording>(recorded) } });
